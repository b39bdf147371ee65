// Changes and conflicts in words, a line each. Colours are the business of who prints them.

import type { Connection, Node } from '../model/schema.ts';
import type { Change, Ends, Setting } from './change.ts';
import type { Conflict } from './merge.ts';
import { isObject } from './value.ts';

export interface Line {
  /** + came, - went, ~ is otherwise. */
  readonly sign: '+' | '-' | '~';
  readonly text: string;
}

/** Controls and characters that nobody sees are shown as their code: a terminal obeys them, an eye is misled. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const seen = (text: string): string => text.replace(HIDDEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);

const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;
/** A name as it is, in quotes where it could be taken for something else. */
export const nameText = (name: string): string => (PLAIN.test(name) ? name : valueText(name));
export const valueText = (value: unknown): string =>
  value === undefined ? 'nothing' : seen(JSON.stringify(value) ?? String(value));
export const pathText = (path: readonly string[]): string => path.map(nameText).join('.') || 'all of it';
export const endsText = ({ from, to, on }: Ends): string =>
  `${nameText(from)} → ${nameText(to)}${on === undefined ? '' : ` on ${typeof on === 'string' ? nameText(on) : valueText(on)}`}`;

export function describeChanges(changes: readonly Change[]): Line[] {
  return changes.map(lineOf);
}

function lineOf(change: Change): Line {
  switch (change.change) {
    case 'topology.changed':
      return { sign: '~', text: `topology: ${settingText(change)}` };
    case 'node.renamed':
      return { sign: '~', text: `node ${nameText(change.from)} is now called ${nameText(change.to)}` };
    case 'node.removed':
      return { sign: '-', text: `node ${nodeText(change.node)}` };
    case 'node.added':
      return { sign: '+', text: `node ${nodeText(change.node)}` };
    case 'node.changed':
      return { sign: '~', text: `node ${nameText(change.node)}: ${settingText(change)}` };
    case 'connection.removed':
      return { sign: '-', text: connectionText(change.connection) };
    case 'connection.added':
      return { sign: '+', text: connectionText(change.connection) };
    case 'connection.changed':
      return { sign: '~', text: `${endsText(change.connection)}: ${settingText(change)}` };
    case 'routes.reordered':
      return { sign: '~', text: `router ${nameText(change.node)} asks in this order: ${routesText(change.after)}` };
  }
}

/** A line for each conflict: where, and what each side has there. */
export function describeConflicts(conflicts: readonly Conflict[]): string[] {
  return conflicts.map(({ node, connection, path, base, ours, theirs }) => {
    if (node !== undefined && connection !== undefined) {
      const [gone, drawn] = ours === undefined ? ['ours', 'theirs'] : ['theirs', 'ours'];
      return `node ${nameText(node)}: gone in ${gone}, and ${drawn} connects it: ${endsText(connection)}`;
    }
    const place =
      node !== undefined ? `node ${nameText(node)}` : connection !== undefined ? endsText(connection) : 'topology';
    return `${place}: ${pathText(path)}: ours ${valueText(ours)}, theirs ${valueText(theirs)} (was ${valueText(base)})`;
  });
}

const settingText = ({ path, before, after }: Setting): string =>
  `${pathText(path)} ${valueText(before)} → ${valueText(after)}`;

function nodeText({ id, kind, ...fields }: Node): string {
  return `${nameText(id)} (${kind}${detailsText(fields)})`;
}

function connectionText({ from, to, on, ...fields }: Connection): string {
  const details = detailsText(fields);
  return endsText({ from, to, on }) + (details === '' ? '' : ` (${details.slice(2)})`);
}

/** What else is said, each as `, name value`. */
function detailsText(fields: object): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && !(isObject(value) && Object.keys(value).length === 0))
    .map(([name, value]) => `, ${nameText(name)} ${valueText(value)}`)
    .join('');
}

export const routesText = (routes: readonly Ends[]): string => routes.map(({ to }) => nameText(to)).join(', ');
