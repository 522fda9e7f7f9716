// The data and the schema of the benchmark, as GraphQLData.cs has them.
const cardinals = ['North', 'South', 'East', 'West', 'Central'];
const territories = Array.from({ length: 40 }, (_, i) => ({
  id: `ter-${String(i + 1).padStart(2, '0')}`,
  name: `${cardinals[i % 5]} Territory ${i + 1}`,
}));
const statuses = ['PENDING', 'APPROVED', 'PAID'];

export const reps = Array.from({ length: 1000 }, (_, k) => {
  const i = k + 1;
  const quota = 100000 + ((i * 37) % 500) * 250;
  const credited = ((i * 7919) % 300000) + 0.25;
  return {
    id: `rep-${String(i).padStart(4, '0')}`,
    name: `Rep Name ${i}`,
    email: `rep.${i}@example.com`,
    territory: territories[i % 40],
    attainment: { quota, credited, percent: Math.round((credited / quota) * 1000) / 10 },
    payouts: Array.from({ length: 24 }, (_, m) => ({
      id: `pay-${i}-${m + 1}`,
      period: `2025-${String((m % 12) + 1).padStart(2, '0')}`,
      amount: ((i * 131 + m * 977) % 20000) + 0.5,
      status: statuses[(i + m) % 3],
    })),
  };
});

const byId = new Map(reps.map((rep) => [rep.id, rep]));

export const typeDefs = `
  type Query { rep(id: ID!): Rep  reps(first: Int!, offset: Int): [Rep!]! }
  type Mutation { ping(message: String!): String! }
  type Rep { id: ID! name: String! email: String! territory: Territory! attainment: Attainment! payouts(first: Int!): [Payout!]! }
  type Territory { id: ID! name: String! }
  type Attainment { quota: Float! credited: Float! percent: Float! }
  type Payout { id: ID! period: String! amount: Float! status: PayoutStatus! }
  enum PayoutStatus { PENDING APPROVED PAID }
`;

export const resolvers = {
  Query: {
    rep: (_, { id }) => byId.get(id) ?? null,
    reps: (_, { first, offset }) => reps.slice(offset ?? 0, (offset ?? 0) + first),
  },
  Mutation: { ping: (_, { message }) => message },
  Rep: { payouts: (rep, { first }) => rep.payouts.slice(0, first) },
};
