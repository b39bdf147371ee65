// docs/patterns.md: every folder of topologies/golden with its picture and what happens in it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const golden = join(import.meta.dirname, '..', 'topologies', 'golden');
const WORKERS = new Set(['connector', 'batch', 'custom']);

export function patternsPage() {
  const sections = readdirSync(golden).map((name) => {
    const read = (file) => readFileSync(join(golden, name, file), 'utf8').trim();
    const [title, , what, ...about] = read('README.md').split('\n');
    return [
      `## ${title.replace(/^# /, '')}`,
      what,
      about.map((line) => `- ${line.replace(/^(\w[\w ]*):/, '**$1:**')}`).join('\n'),
      fenced(picture(JSON.parse(read('topology.json')))),
      fenced(read('journal.txt')),
      `[topologies/golden/${name}](../topologies/golden/${name})`,
    ].join('\n\n');
  });
  return [
    '# Integration patterns',
    'Each is a folder with a topology, its steps, what comes in, and what must come of it. A test plays all of them on every store; `npx sluice topology test topologies/golden` plays them here. [How to write your own](guides/testing.md).',
    'In the pictures `(start)` begins a process, `[step]` is served by a worker, `<router>` chooses, `{built-in}` needs no worker.',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** A topology as text: followers to the right, several below each other; a node that was drawn before is only named. */
export function picture({ nodes, connections }) {
  const drawn = new Set();
  const labelOf = (id) => {
    const { kind } = nodes.find((node) => node.id === id);
    if (['start', 'cron', 'webhook'].includes(kind)) return `(${id})`;
    if (kind === 'router') return `<${id}>`;
    return WORKERS.has(kind) ? `[${id}]` : `{${id}}`;
  };
  const draw = (id) => {
    const label = labelOf(id);
    const leaving = connections.filter((connection) => connection.from === id);
    if (drawn.has(id) || leaving.length === 0) return [label];
    drawn.add(id);
    return leaving.flatMap(({ to, when }, index) => {
      const last = index === leaving.length - 1;
      const fork = leaving.length === 1 ? '─' : index === 0 ? '┬' : last ? '└' : '├';
      const arrow = `${fork}─${when === undefined ? '' : ` ${when} `}─▶ `;
      const [first, ...rest] = draw(to);
      const margin = ' '.repeat(label.length + 1);
      const below = `${margin}${last ? ' ' : '│'}${' '.repeat(arrow.length - 1)}`;
      return [`${index === 0 ? `${label} ` : margin}${arrow}${first}`, ...rest.map((line) => below + line)];
    });
  };
  const entered = new Set(connections.map(({ to }) => to));
  return nodes
    .filter(({ id }) => !entered.has(id))
    .flatMap(({ id }) => draw(id))
    .join('\n');
}

const fenced = (text) => `\`\`\`text\n${text}\n\`\`\``;
