// One of the peers on a port: node server.mjs mercurius|yoga|apollo PORT
import { createServer } from 'node:http';
import { resolvers, typeDefs } from './data.mjs';

const [, , name, text] = process.argv;
const port = Number(text);

const servers = {
  async mercurius() {
    const { default: Fastify } = await import('fastify');
    const { default: mercurius } = await import('mercurius');
    const app = Fastify();
    app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 });
    await app.listen({ port, host: '127.0.0.1' });
  },
  async yoga() {
    const { createSchema, createYoga } = await import('graphql-yoga');
    createServer(createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false })).listen(port, '127.0.0.1');
  },
  async apollo() {
    const { ApolloServer } = await import('@apollo/server');
    const { startStandaloneServer } = await import('@apollo/server/standalone');
    await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), { listen: { port, host: '127.0.0.1' } });
  },
};

await servers[name]();
