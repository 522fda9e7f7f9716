// Answers questions about GraphQL with the reference implementation: a line of JSON in, a line of JSON out.
'use strict';

const readline = require('node:readline');
const {
  buildASTSchema,
  buildSchema,
  parse,
  print,
  printSchema,
  validate,
  validateSchema,
} = require('graphql');
const { getVariableValues } = require('graphql/execution/values');
const { validateSDL } = require('graphql/validation/validate');

const NO_LIMIT = { maxErrors: Infinity };
const schemas = new Map();

const errorsOf = (errors) =>
  errors.map((error) => ({
    message: error.message,
    locations: (error.locations ?? []).map(({ line, column }) => [line, column]),
  }));

const read = (source) => {
  try {
    return { document: parse(source) };
  } catch (error) {
    return { errors: errorsOf([error]) };
  }
};

const questions = {
  // Keeps a schema under a name for questions to come.
  schema({ name, sdl }) {
    schemas.set(name, buildSchema(sdl));
    return { printed: printSchema(schemas.get(name)) };
  },

  parse({ source }) {
    const { document, errors } = read(source);
    return errors ? { errors } : { printed: print(document) };
  },

  validate({ schema, source, suggest }) {
    const { document, errors } = read(source);
    return errors
      ? { errors }
      : {
          printed: print(document),
          invalid: errorsOf(
            validate(schemas.get(schema), document, undefined, { ...NO_LIMIT, hideSuggestions: !suggest }),
          ),
        };
  },

  sdl({ source }) {
    const { document, errors } = read(source);
    if (errors) return { errors };
    const definitions = errorsOf(validateSDL(document));
    if (definitions.length > 0) return { printed: print(document), invalid: definitions };
    const schema = buildASTSchema(document);
    return {
      printed: print(document),
      invalid: errorsOf(validateSchema(schema)),
      schema: printSchema(schema),
    };
  },

  variables({ schema, source, variables }) {
    const operation = parse(source).definitions[0];
    const result = getVariableValues(schemas.get(schema), operation.variableDefinitions, variables);
    return { errors: errorsOf(result.errors ?? []) };
  },
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = questions[question.ask](question);
  } catch (error) {
    answer = { thrown: String(error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
