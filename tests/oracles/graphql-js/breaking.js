// Compares two schemas as graphql-js does: node breaking.js OLD NEW [ACCEPTED]
// Fails on changes that break clients, unless a line of the file ACCEPTED names them.
'use strict';

const fs = require('node:fs');
const { buildSchema, findBreakingChanges, findDangerousChanges } = require('graphql');

const [older, newer, accepted] = process.argv.slice(2);
const [before, after] = [older, newer].map(file => buildSchema(fs.readFileSync(file, 'utf8')));
const known = new Set(accepted && fs.existsSync(accepted) ? fs.readFileSync(accepted, 'utf8').split('\n').map(line => line.trim()) : []);
const changes = findBreakingChanges(before, after).filter(change => !known.has(change.description));

for (const { type, description } of findDangerousChanges(before, after)) console.log(`careful ${type}: ${description}`);
for (const { type, description } of changes) console.log(`breaks clients ${type}: ${description}`);
process.exitCode = changes.length > 0 ? 1 : 0;
