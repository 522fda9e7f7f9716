// Holds the server at a URL against the audits of GraphQL over HTTP. One line a failure, then the sum.
'use strict';

const { serverAudits } = require('graphql-http');

const main = async (url) => {
  const results = await Promise.all(serverAudits({ url, fetchFn: fetch }).map((audit) => audit.fn()));
  for (const { id, name, status, reason } of results) {
    if (status !== 'ok') console.log(`${status} ${id} ${name}: ${reason}`);
  }
  console.log(`${results.filter(({ status }) => status === 'ok').length} of ${results.length} ok`);
};

main(process.argv[2]);
