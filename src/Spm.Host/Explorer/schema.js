// The schema as the server tells it, and what is looked up in it.

const introspection = `query Schema { __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description specifiedByURL fields(includeDeprecated: true) { name description isDeprecated deprecationReason args { ...Value } type { ...Ref } }
    inputFields { ...Value } interfaces { name } enumValues(includeDeprecated: true) { name description } possibleTypes { name } } } }
fragment Value on __InputValue { name description defaultValue type { ...Ref } }
fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;

export async function load(ask) {
  const answer = await ask(introspection);
  if (!answer.data) throw new Error(answer.errors?.[0]?.message ?? 'The schema cannot be had.');
  const { __schema: schema } = answer.data;
  const types = new Map(schema.types.map(t => [t.name, t]));
  return { types, roots: { query: schema.queryType?.name, mutation: schema.mutationType?.name, subscription: schema.subscriptionType?.name } };
}

export function named(type) {
  while (type.ofType) type = type.ofType;
  return type.name;
}

export function written(type) {
  return type.kind === 'NON_NULL' ? written(type.ofType) + '!' : type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name;
}
