// Uses the server at a URL as clients of graphql-ws do, and shows what comes back; then breaks the protocol, and shows the close codes.
'use strict';

const { createClient } = require('graphql-ws');
const WebSocket = require('ws');

const [, , url] = process.argv;

const results = async (client, query) => {
  const all = [];
  try {
    for await (const result of client.iterate({ query })) all.push(result);
  } catch (error) {
    all.push(Array.isArray(error) ? error.map(({ message }) => message) : error.message);
  }
  return all;
};

const closes = (protocol, ...messages) =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, protocol);
    socket.on('open', () => messages.forEach((message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message))));
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
    socket.on('error', () => {});
  });

const main = async () => {
  const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { hello: true }, retryAttempts: 0 });
  const show = (name, value) => console.log(`${name}: ${JSON.stringify(value)}`);
  show('query', await results(client, '{ rep(id: 1) { name } }'));
  show('ticks', await results(client, 'subscription { tick(count: 3) }'));
  show('together', await Promise.all([2, 1].map((count) => results(client, `subscription { tick(count: ${count}) }`))));
  show('invalid', await results(client, '{ nothing }'));
  show('failing', await results(client, 'subscription { hired { name } }'));
  const endless = client.iterate({ query: 'subscription { tick(count: 1000000) }' });
  await endless.next();
  await endless.return();
  show('after leaving', await results(client, 'mutation { rename(input: { id: 1, name: "N" }) { rep { id } } }'));
  await client.dispose();

  const protocol = 'graphql-transport-ws';
  const init = { type: 'connection_init' };
  const subscribe = { type: 'subscribe', id: '1', payload: { query: 'subscription { tick(count: 100, intervalMs: 50) }' } };
  show('no init', await closes(protocol));
  show('unacknowledged', await closes(protocol, subscribe));
  show('twice', await closes(protocol, init, init));
  show('same id', await closes(protocol, init, subscribe, subscribe));
  show('not JSON', await closes(protocol, 'hello'));
  show('unknown', await closes(protocol, init, { type: 'start', id: '1' }));
  show('no id', await closes(protocol, init, { ...subscribe, id: undefined }));
  show('forbidden', await closes(protocol, { ...init, payload: { forbidden: true } }));
  show('long', await closes(protocol, init, { type: 'ping', payload: { text: 'x'.repeat(2000000) } }));
  show('old protocol', await closes('graphql-ws', init));
};

main();
