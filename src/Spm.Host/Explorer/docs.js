// The pane beside the editor: types, their fields and what these mean.

import { named, written } from './schema.js';

export function docs(pane, search) {
  let schema = null;
  const trail = [];
  const show = name => {
    if (trail.at(-1) !== name) trail.push(name);
    const type = schema.types.get(name);
    pane.replaceChildren(...head(), heading(type), paragraph(type.description), members(type));
    pane.scrollTop = 0;
  };
  const head = () => {
    const nav = element('nav');
    nav.append(link('Schema', () => (trail.length = 0, roots())));
    if (trail.length > 1) nav.append(' · ', link('Back', () => (trail.pop(), show(trail.pop()))));
    return [nav];
  };
  const roots = () => {
    const list = Object.values(schema.roots).filter(Boolean).map(name => entry(typeLink(name), schema.types.get(name).description)).flat();
    pane.replaceChildren(element('h2', 'Schema'), element('dl', ...list));
  };
  const typeLink = name => link(name, () => show(name));
  const reference = type => {
    const [before, after] = written(type).split(named(type));
    return [before, typeLink(named(type)), after];
  };
  const heading = type => element('h2', type.name);
  const paragraph = text => element('p', text ?? '');
  const entry = (term, text) => [element('dt', ...[term].flat()), element('dd', text ?? '')];
  const members = type => {
    const fields = (type.fields ?? type.inputFields ?? []).flatMap(f => entry([f.name, ...parameters(f.args), ': ', ...reference(f.type)], f.isDeprecated ? `Deprecated: ${f.deprecationReason}` : f.description));
    const values = (type.enumValues ?? []).flatMap(v => entry(v.name, v.description));
    const possible = (type.possibleTypes ?? []).flatMap(t => entry(typeLink(t.name), schema.types.get(t.name).description));
    return element('dl', ...fields, ...values, ...possible);
  };
  const parameters = args => !args?.length ? [] : ['(', ...args.flatMap((a, i) => [i ? ', ' : '', a.name, ': ', ...reference(a.type)]), ')'];
  search.oninput = () => {
    const wanted = search.value.trim().toLowerCase();
    if (!schema) return;
    if (!wanted) return roots();
    const found = [...schema.types.values()].filter(t => !t.name.startsWith('__')).flatMap(t => [
      ...(t.name.toLowerCase().includes(wanted) ? entry(typeLink(t.name), t.description) : []),
      ...(t.fields ?? []).filter(f => f.name.toLowerCase().includes(wanted)).slice(0, 5).flatMap(f => entry([typeLink(t.name), '.', f.name], f.description)),
    ]);
    pane.replaceChildren(element('dl', ...found.slice(0, 120)));
  };
  return loaded => { schema = loaded; trail.length = 0; roots(); };
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function link(text, act) {
  const made = element('a', text);
  made.tabIndex = 0;
  made.onclick = act;
  made.onkeydown = e => { if (e.key === 'Enter') act(); };
  return made;
}
