// The kinds of node in words, for palettes, menus and panels. What a kind may be set to is not here but in the schema.

import { NODE_KINDS, type NodeKind } from '@sluice/topology';

export type Tone = 'green' | 'violet' | 'blue' | 'teal' | 'amber' | 'rose' | 'slate';
export type Group = 'begin' | 'work' | 'data' | 'flow';

export interface KindWords {
  readonly label: string;
  /** What it does, as half a sentence. */
  readonly does: string;
  readonly group: Group;
  readonly tone: Tone;
  /** More words by which people search for it. */
  readonly also: string;
}

export const GROUPS: Readonly<Record<Group, string>> = { begin: 'Begin', work: 'Work', data: 'Data', flow: 'Flow' };

export const KINDS: Readonly<Record<NodeKind, KindWords>> = {
  start: { label: 'Start', does: 'begins with a request', group: 'begin', tone: 'green', also: 'event api url http' },
  cron: { label: 'Cron', does: 'begins by the clock', group: 'begin', tone: 'green', also: 'timer schedule' },
  webhook: {
    label: 'Webhook',
    does: 'begins when another system calls',
    group: 'begin',
    tone: 'green',
    also: 'hook event subscribe',
  },
  connector: {
    label: 'Connector',
    does: 'calls one endpoint of a service',
    group: 'work',
    tone: 'blue',
    also: 'rest soap api app',
  },
  batch: {
    label: 'Batch',
    does: 'reads many items, page by page',
    group: 'work',
    tone: 'blue',
    also: 'list pages cursor',
  },
  custom: { label: 'Custom', does: 'runs own code of a worker', group: 'work', tone: 'blue', also: 'code action sdk' },
  call: { label: 'Call', does: 'runs another topology', group: 'work', tone: 'violet', also: 'sub process topology' },
  'user-task': {
    label: 'User task',
    does: 'waits for a person',
    group: 'work',
    tone: 'violet',
    also: 'human approve form',
  },
  map: { label: 'Map', does: 'makes a new body', group: 'data', tone: 'teal', also: 'transform jsonata mapping' },
  filter: {
    label: 'Filter',
    does: 'lets pass what its condition says',
    group: 'data',
    tone: 'teal',
    also: 'condition',
  },
  split: { label: 'Split', does: 'makes one message of each item', group: 'data', tone: 'teal', also: 'fan out each' },
  collect: {
    label: 'Collect',
    does: 'joins messages that belong together',
    group: 'data',
    tone: 'teal',
    also: 'join aggregate',
  },
  router: {
    label: 'Router',
    does: 'chooses by conditions',
    group: 'flow',
    tone: 'amber',
    also: 'gateway switch if branch',
  },
  delay: { label: 'Delay', does: 'waits', group: 'flow', tone: 'amber', also: 'timer sleep wait' },
  topic: {
    label: 'Topic',
    does: 'publishes, or begins with what is published',
    group: 'flow',
    tone: 'rose',
    also: 'signal subscribe message bus',
  },
  respond: {
    label: 'Respond',
    does: 'answers who started the process',
    group: 'flow',
    tone: 'rose',
    also: 'answer reply end response',
  },
};

/** Kinds whose words contain every word of the query, best first: those whose label begins with it. */
export function searchKinds(query: string): NodeKind[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (kind: NodeKind): number => (KINDS[kind].label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return NODE_KINDS.filter((kind) => {
    const { label, does, also } = KINDS[kind];
    const text = `${kind} ${label} ${does} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }).sort((a, b) => begins(a) - begins(b));
}
