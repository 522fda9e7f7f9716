// Reads requests as JSON lines {secret, headers, body} and answers a line each: "ok", or why the library refuses it.
'use strict';

const { Webhook } = require("standardwebhooks");
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const { secret, headers, body } = JSON.parse(line);
  try {
    new Webhook(secret).verify(body, headers);
    console.log("ok");
  } catch (failure) {
    console.log(failure.message);
  }
});
