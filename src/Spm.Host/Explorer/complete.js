// What may stand at the caret, found by reading the document up to it. Nothing of it needs to be complete.

import { named, written } from './schema.js';

const token = /"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|#[^\n]*|\.\.\.|[_A-Za-z][_0-9A-Za-z]*|[-+0-9.eE]+|[{}()[\]:$@!|=]/g;

/** @returns {{ from: number, options: { name: string, type: string, description: string }[] } | null} */
export function complete(schema, text, caret) {
  const before = text.slice(0, caret);
  const prefix = /[_A-Za-z][_0-9A-Za-z]*$/.exec(before)?.[0] ?? '';
  const place = walk(schema, before.slice(0, caret - prefix.length));
  const options = place && offered(schema, place).filter(o => o.name.toLowerCase().startsWith(prefix.toLowerCase()));
  return options?.length ? { from: caret - prefix.length, options: options.slice(0, 60) } : null;
}

function walk(schema, text) {
  const stack = [];
  let root = schema.roots.query, field = null, next = null, last = '', value = null;
  for (const [word] of text.matchAll(token)) {
    if (word[0] === '#') continue;
    const top = stack.at(-1);
    if (word === '{') {
      if (top && top.kind !== 'selection') stack.push({ kind: 'input', type: value && named(value) });
      else stack.push({ kind: 'selection', type: next ?? (top ? field && named(field.type) : root) });
      field = next = value = null;
    } else if (word === '}' || word === ')') {
      field = stack.pop()?.field ?? null;
      value = null;
    } else if (word === '(') {
      stack.push(top ? { kind: 'arguments', field } : { kind: 'variables' });
      value = null;
    } else if (/^[_A-Za-z]/.test(word)) {
      if (last === 'on') next = word, root = top ? root : word;
      else if (!top) root = schema.roots[word] ?? root;
      else if (top.kind === 'selection' && last !== '@' && last !== '...') field = fieldsOf(schema, top.type).find(f => f.name === word) ?? field;
      else if (top.kind === 'arguments' && last !== ':' && last !== '$') value = top.field?.args.find(a => a.name === word)?.type ?? null;
      else if (top.kind === 'input' && last !== ':' && last !== '$') value = inputsOf(schema, top.type).find(f => f.name === word)?.type ?? null;
    }
    last = word;
  }
  return { top: stack.at(-1), last, value, field };
}

function offered(schema, { top, last, value }) {
  if (last === '@') return [option('include', 'Boolean!'), option('skip', 'Boolean!')];
  if (last === 'on' || (!top && last === ':')) return [...schema.types.values()].filter(t => ['OBJECT', 'INTERFACE', 'UNION'].includes(t.kind) && !t.name.startsWith('__')).map(t => option(t.name, '', t.description));
  if (!top) return ['query', 'mutation', 'subscription', 'fragment'].map(w => option(w, ''));
  if (top.kind === 'variables') return last === ':' ? [...schema.types.values()].filter(t => ['SCALAR', 'ENUM', 'INPUT_OBJECT'].includes(t.kind) && !t.name.startsWith('__')).map(t => option(t.name, '', t.description)) : [];
  if (top.kind === 'selection') return [...fieldsOf(schema, top.type).map(f => option(f.name, written(f.type), f.description)), option('__typename', 'String!')];
  if ((last === ':' || last === '[') && value) return valuesOf(schema, named(value));
  if (last === ':') return [];
  return (top.kind === 'arguments' ? top.field?.args ?? [] : inputsOf(schema, top.type)).map(a => option(a.name, written(a.type), a.description));
}

const option = (name, type, description) => ({ name, type, description: description ?? '' });
const fieldsOf = (schema, type) => schema.types.get(type)?.fields ?? [];
const inputsOf = (schema, type) => schema.types.get(type)?.inputFields ?? [];
const valuesOf = (schema, type) => type === 'Boolean' ? [option('true', ''), option('false', '')] : (schema.types.get(type)?.enumValues ?? []).map(v => option(v.name, '', v.description));
