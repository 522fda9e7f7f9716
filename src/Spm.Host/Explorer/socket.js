// One operation over graphql-transport-ws. The credential goes with the first message: a browser cannot give a WebSocket headers.

export function subscribe(payload, credential, heard) {
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/graphql', 'graphql-transport-ws');
  const send = message => socket.send(JSON.stringify(message));
  socket.onopen = () => send({ type: 'connection_init', payload: { Authorization: `Bearer ${credential}` } });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload });
    else if (message.type === 'ping') send({ type: 'pong' });
    else if (message.type === 'next') heard.next(message.payload);
    else if (message.type === 'error') heard.next({ errors: message.payload }), socket.close(1000);
    else if (message.type === 'complete') socket.close(1000);
  };
  socket.onclose = ({ code, reason }) => heard.end(code === 1000 ? 'The subscription has ended.' : `Closed: ${code} ${reason}`);
  return () => socket.close(1000);
}
