// A model as TypeScript that builds it. The same model is always the same text.
//
// Nodes and connections stand in the order of the model, which no part of the platform changes by itself, so an edit
// shows where it was made and nowhere else. Members stand in the order of the table in fields.ts, unknown ones after
// them by name. `layout` is not printed: where boxes sit is no part of the meaning.

import { SluiceError } from '@sluice/protocol';
import type { Connection, Node, TopologyModel } from '../model/schema.ts';
import { CONNECTION_FIELDS, FIELDS_OF, FUNCTION_OF, SETTINGS_OF, TOPOLOGY_FIELDS } from './fields.ts';
import {
  around,
  arrayOf,
  type Doc,
  type Entry,
  entryOf,
  layOut,
  literalOf,
  objectOf,
  sortedMembers,
  stringOf,
} from './literal.ts';

const BUILDER = '@sluice/topology/builder';

/** @throws SluiceError `topology.not_text` when two nodes share an id: in text a node's name is its key */
export function toTypeScript({ name, nodes, connections, layout: _, ...fields }: TopologyModel): string {
  const byId = Object.fromEntries(nodes.map((node) => [node.id, node]));
  const named = Object.entries(byId); // in the order that an object literal will have, which puts whole numbers first
  if (named.length < nodes.length)
    throw new SluiceError('topology.not_text', { name, node: nodes.find((node) => byId[node.id] !== node)!.id });
  const definition = objectOf([
    ...fieldsOf(fields, TOPOLOGY_FIELDS),
    entryOf(
      'nodes',
      objectOf(
        named.map(([id, node]) => entryOf(id, nodeDoc(node))),
        'broken',
      ),
    ),
    entryOf('connections', arrayOf(connections.map(connectionDoc), 'broken')),
  ]);
  const body = layOut(around(`topology(${stringOf(name)}, `, definition, ');'));
  return `${importOf(nodes, body.includes('...extra('))}\n\nexport default ${body}\n`;
}

function importOf(nodes: readonly Node[], extra: boolean): string {
  const names = new Set<string>([
    'topology',
    ...nodes.map((node) => FUNCTION_OF[node.kind]),
    ...(extra ? ['extra'] : []),
  ]);
  const list = objectOf([...names].sort().map((head) => ({ head, doc: '' })));
  return layOut(around('import ', list, ` from '${BUILDER}';`));
}

function nodeDoc({ id: _, kind, ...fields }: Node): Doc {
  const entries = fieldsOf(fields, FIELDS_OF[kind], (name, value) =>
    name === 'settings' ? objectOf(fieldsOf(value as object, SETTINGS_OF[kind])) : literalOf(value),
  );
  return entries.length === 0 ? `${FUNCTION_OF[kind]}()` : around(`${FUNCTION_OF[kind]}(`, objectOf(entries), ')');
}

function connectionDoc({ from, to, ...fields }: Connection): Doc {
  const entries = fieldsOf(fields, CONNECTION_FIELDS);
  return arrayOf([stringOf(from), stringOf(to), ...(entries.length === 0 ? [] : [objectOf(entries)])]);
}

/** What the builder knows as plain members, all else as `extra`. */
function fieldsOf(
  value: object,
  known: readonly string[],
  write: (name: string, value: unknown) => Doc = (_name, member) => literalOf(member),
): Entry[] {
  const members = new Map(sortedMembers(value));
  const entries = known.flatMap((name) => (members.has(name) ? [entryOf(name, write(name, members.get(name)))] : []));
  for (const name of known) members.delete(name);
  if (members.size === 0) return entries;
  return [...entries, { head: '...', doc: around('extra(', literalOf(Object.fromEntries(members)), ')') }];
}
