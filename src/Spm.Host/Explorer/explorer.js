// Puts the page together: asks, answers, history. Nothing leaves the browser but what goes to /graphql of this host; the key is forgotten with the tab.

import { complete } from './complete.js';
import { docs } from './docs.js';
import { load } from './schema.js';
import { subscribe } from './socket.js';

const $ = id => document.getElementById(id);
const editor = $('document'), list = $('completions');
const showSchema = docs($('docs'), $('search'));
let schema = null, stop = null, offered = null, chosen = 0;

const sample = `# Ctrl+Enter runs, Ctrl+Space completes.
query Team {
  reps(first: 10) {
    totalCount
    nodes {
      name
      title
      manager { name }
    }
  }
}
`;

editor.value = localStorage.getItem('spm.document') ?? sample;
$('variables').value = localStorage.getItem('spm.variables') ?? '';
$('key').value = sessionStorage.getItem('spm.key') ?? '';

function say(text, bad = false) {
  $('state').textContent = text;
  $('state').classList.toggle('bad', bad);
}

function parsed(id) {
  const text = $(id).value.trim();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Error(`${id} are not JSON: ${failure.message}`);
  }
}

async function ask(query, variables, operationName) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json', Authorization: `Bearer ${$('key').value.trim()}`, ...parsed('headers') },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
}

async function connect() {
  sessionStorage.setItem('spm.key', $('key').value.trim());
  if (!$('key').value.trim()) return;
  try {
    schema = await load(ask);
    showSchema(schema);
    say('Connected.');
  } catch (failure) {
    say(failure.message, true);
  }
}

/** The operation that the caret is in, or the only one. */
function operation() {
  const found = [...editor.value.replace(/#[^\n]*/g, m => ' '.repeat(m.length)).matchAll(/\b(query|mutation|subscription)\b\s*([_A-Za-z][_0-9A-Za-z]*)?\s*[({@]/g)];
  const at = found.filter(m => m.index <= editor.selectionStart).at(-1) ?? found[0];
  return { kind: at?.[1] ?? 'query', name: found.length > 1 ? at?.[2] : undefined };
}

async function run() {
  stop?.();
  try {
    const [variables, { kind, name }] = [parsed('variables'), operation()];
    remember(editor.value);
    if (kind === 'subscription') return listen({ query: editor.value, variables, operationName: name });
    say('Running…');
    const began = performance.now();
    const answer = await ask(editor.value, variables, name);
    $('result').textContent = JSON.stringify(answer, null, 2);
    say(`${Math.round(performance.now() - began)} ms`, Boolean(answer.errors));
  } catch (failure) {
    say(failure.message, true);
  }
}

function listen(payload) {
  let events = 0;
  $('result').textContent = '';
  $('stop').hidden = false;
  say('Listening…');
  stop = subscribe(payload, $('key').value.trim(), {
    next: event => {
      events++;
      $('result').textContent = `${new Date().toLocaleTimeString()}\n${JSON.stringify(event, null, 2)}\n\n${$('result').textContent}`.slice(0, 500_000);
      say(`${events} event${events === 1 ? '' : 's'}`, Boolean(event.errors));
    },
    end: why => { $('stop').hidden = true; stop = null; say(why); },
  });
}

function remember(text) {
  localStorage.setItem('spm.document', text);
  localStorage.setItem('spm.variables', $('variables').value);
  const history = JSON.parse(localStorage.getItem('spm.history') ?? '[]').filter(h => h !== text);
  localStorage.setItem('spm.history', JSON.stringify([text, ...history].slice(0, 30)));
  showHistory();
}

function showHistory() {
  $('history').replaceChildren(...JSON.parse(localStorage.getItem('spm.history') ?? '[]').map(text => {
    const [item, button] = [document.createElement('li'), document.createElement('button')];
    button.textContent = text.replace(/#[^\n]*/g, '').replace(/\s+/g, ' ').trim().slice(0, 120);
    button.onclick = () => { editor.value = text; editor.focus(); };
    item.append(button);
    return item;
  }));
}

function offer() {
  offered = schema && complete(schema, editor.value, editor.selectionStart);
  chosen = 0;
  list.hidden = !offered;
  if (!offered) return;
  list.replaceChildren(...offered.options.map((o, i) => {
    const [item, type] = [document.createElement('li'), document.createElement('span')];
    item.role = 'option';
    item.title = o.description;
    type.textContent = o.type;
    item.append(o.name, type);
    item.onmousedown = e => { e.preventDefault(); chosen = i; take(); };
    return item;
  }));
  const { x, y } = caretAt();
  list.style.left = `${Math.min(x, editor.clientWidth - 240)}px`;
  list.style.top = `${y + 20}px`;
  mark();
}

function mark() {
  [...list.children].forEach((item, i) => item.setAttribute('aria-selected', i === chosen));
  list.children[chosen]?.scrollIntoView({ block: 'nearest' });
}

function take() {
  const { name } = offered.options[chosen];
  editor.setRangeText(name, offered.from, editor.selectionStart, 'end');
  close();
  editor.focus();
}

function close() {
  list.hidden = true;
  offered = null;
}

/** Where the caret is in the editor: a copy of the text before it is laid out the same way. */
function caretAt() {
  const mirror = document.createElement('div');
  const style = getComputedStyle(editor);
  for (const property of ['font', 'padding', 'tabSize']) mirror.style[property] = style[property];
  Object.assign(mirror.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', width: `${editor.clientWidth}px` });
  mirror.textContent = editor.value.slice(0, editor.selectionStart);
  const end = document.createElement('span');
  end.textContent = '.';
  mirror.append(end);
  editor.parentElement.append(mirror);
  const at = { x: end.offsetLeft, y: end.offsetTop - editor.scrollTop };
  mirror.remove();
  return at;
}

editor.oninput = e => (/[\w({:]/.test(e.data ?? '') ? offer() : close());
editor.onblur = close;
editor.onkeydown = e => {
  if (e.ctrlKey && e.code === 'Space') { e.preventDefault(); offer(); }
  else if (offered && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) { e.preventDefault(); chosen = (chosen + (e.key === 'ArrowDown' ? 1 : offered.options.length - 1)) % offered.options.length; mark(); }
  else if (offered && (e.key === 'Enter' || e.key === 'Tab') && !e.ctrlKey) { e.preventDefault(); take(); }
  else if (e.key === 'Escape') close();
  else if (e.key === 'Tab' && !e.shiftKey) { e.preventDefault(); editor.setRangeText('  ', editor.selectionStart, editor.selectionEnd, 'end'); }
};
document.onkeydown = e => { if ((e.ctrlKey || e.metaKey) && e.key === 'Enter') { e.preventDefault(); close(); run(); } };
$('key').form.onsubmit = e => { e.preventDefault(); connect(); };
$('run').onclick = run;
$('stop').onclick = () => stop?.();
let typed = 0;
$('key').oninput = () => { clearTimeout(typed); typed = setTimeout(connect, 400); };
for (const tab of document.querySelectorAll('[data-tab]')) {
  tab.onclick = () => document.querySelectorAll('[data-tab]').forEach(other => {
    other.setAttribute('aria-pressed', other === tab);
    $(other.dataset.tab).hidden = other !== tab;
  });
}
showHistory();
connect();
