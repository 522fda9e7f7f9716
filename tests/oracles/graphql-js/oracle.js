// Answers questions about GraphQL with the reference implementation: a line of JSON in, a line of JSON out.
'use strict';

const readline = require('node:readline');
const {
  buildASTSchema,
  buildSchema,
  execute,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
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

// A world that is made of a seed: WorldResolver.cs makes the same. What a field is depends on its path and its arguments alone.
const hashOf = (text) => {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const SCALARS = {
  Int: (hash) => (hash % 1000) - 500,
  Float: (hash) => (hash % 100000) / 64,
  Boolean: (hash) => hash % 2 === 0,
  ID: (hash) => `id-${hash % 1000}`,
};

const TEXTS = ['plain', 'q"uo\\te', 'é😀', 'line\nbreak\u0007', ''];

const valueOf = (schema, type, key) => {
  const hash = hashOf(key);
  const chance = hash % 1000;
  if (isNonNullType(type)) return chance < 15 ? null : valueOf(schema, type.ofType, `${key}!`);
  if (chance < 60) return null;
  if (chance < 90) throw new Error(`broken ${key}`);
  if (isListType(type)) {
    if (chance < 110) return 7;
    return Array.from({ length: hash % 5 }, (_, i) => {
      try {
        return valueOf(schema, type.ofType, `${key}.${i}`);
      } catch (error) {
        return error;
      }
    });
  }
  const named = getNamedType(type);
  const pick = (items) => items[(hash >>> 10) % items.length];
  if (isEnumType(named)) return chance < 110 ? 'NONE' : pick(named.getValues()).name;
  if (isAbstractType(named)) {
    if (chance < 110) return { key };
    return { key, __typename: chance < 130 ? 'Nothing' : chance < 150 ? 'Query' : pick(schema.getPossibleTypes(named)).name };
  }
  if (isObjectType(named)) return { key };
  if (named.name === 'Int' && chance < 110) return 1.5;
  return (SCALARS[named.name] ?? (() => pick(TEXTS)))(hash >>> 10);
};

const keyOf = (path) => (path ? `${keyOf(path.prev)}/${path.key}` : '');

const executed = async (schema, { source, operationName, variables, seed, late }) => {
  const document = parse(source);
  if (validate(schema, document).length > 0) return { invalid: true };
  const { data, errors } = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: {},
    fieldResolver(_, args, __, info) {
      const key = `${seed}${keyOf(info.path)}${JSON.stringify(args)}`;
      const isLate = late && hashOf(`late ${key}`) % 3 === 0;
      if (!isLate) return valueOf(schema, info.returnType, key);
      return new Promise((resolve) => setImmediate(resolve)).then(() => valueOf(schema, info.returnType, key));
    },
  });
  return {
    data,
    failed: (errors ?? []).map((error) => ({
      message: error.message,
      locations: (error.locations ?? []).map(({ line, column }) => [line, column]),
      path: error.path,
    })),
  };
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

  execute: (question) => executed(schemas.get(question.schema), question),

  variables({ schema, source, variables }) {
    const operation = parse(source).definitions[0];
    const result = getVariableValues(schemas.get(schema), operation.variableDefinitions, variables);
    return { errors: errorsOf(result.errors ?? []) };
  },
};

// Errors of fields that were given up before they came.
process.on('unhandledRejection', () => {});

const answers = async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    let answer;
    try {
      answer = await questions[question.ask](question);
    } catch (error) {
      answer = { thrown: String(error.message) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
};

answers();
