// Door of the builder: a topology as TypeScript. What `topology` returns is the model, member for member.
//
//   export default topology('hello', {
//     nodes: {
//       in: start(),
//       greet: custom({ worker: 'greeter', action: 'greet' }),
//       out: respond({ settings: { status: 200 } }),
//     },
//     connections: [
//       ['in', 'greet'],
//       ['greet', 'out', { when: 'body.ok' }],
//     ],
//   });
//
// A node's name is its key, so two equal names and a connection to no node are errors of the compiler.
// Why this form: docs/adr/20261125-a-topology-as-text.md

import type { z } from 'zod';
import type {
  ConnectionSchema,
  NodeKind,
  NodeSchema,
  SettingsSchema,
  TopologyModel,
  TopologySchema,
} from './model/schema.ts';
import type { CONNECTION_FIELDS, FIELDS_OF, SETTINGS_OF, TOPOLOGY_FIELDS } from './text/fields.ts';

/** The members that a schema describes, without the "and anything else" of a stored model. */
type Members<T> = { [M in keyof T as string extends M ? never : M]: T[M] };

/** Some of them, all optional; a member that the schema does not describe takes any value. */
type Some<All, Names extends string> = {
  readonly [N in Names]?: N extends keyof All ? All[N] : unknown;
};

type NodeMembers<K extends NodeKind> = Omit<Members<z.input<typeof NodeSchema>>, 'settings'> & {
  settings: SettingsOf<K>;
};

export type SettingsOf<K extends NodeKind> = Some<
  Members<z.input<typeof SettingsSchema>>,
  (typeof SETTINGS_OF)[K][number]
>;
export type FieldsOf<K extends NodeKind> = Some<NodeMembers<K>, (typeof FIELDS_OF)[K][number]>;
export type ConnectionFields = Some<Members<z.input<typeof ConnectionSchema>>, (typeof CONNECTION_FIELDS)[number]>;
type TopologyFields = Some<Members<z.input<typeof TopologySchema>>, (typeof TOPOLOGY_FIELDS)[number]>;

/** A node that has not been given its name yet. */
export interface Unnamed {
  readonly kind: NodeKind;
}

/** From, to, and what else the connection says. */
export type ConnectionText<Name extends string> = readonly [from: Name, to: Name, fields?: ConnectionFields];

export function topology<const Nodes extends Readonly<Record<string, Unnamed>>>(
  name: string,
  definition: TopologyFields & {
    readonly nodes: Nodes;
    readonly connections: readonly ConnectionText<`${keyof Nodes & (string | number)}`>[];
  },
): TopologyModel {
  const { nodes, connections, ...fields } = definition;
  return {
    name,
    ...fields,
    nodes: Object.entries(nodes).map(([id, node]) => ({ id, ...node })),
    connections: connections.map(([from, to, more]) => ({ from, to, ...more })),
  };
}

/** Members that this version of the builder does not know; spread them: `{ ...extra({ owner: 'sales' }) }`. */
export const extra = (members: Readonly<Record<string, unknown>>): object => members;

const node =
  <K extends NodeKind>(kind: K) =>
  (fields: FieldsOf<K> = {}): Unnamed => ({ kind, ...fields });

/** Begins with a request. */
export const start = node('start');
/** Begins by the clock. */
export const cron = node('cron');
/** Begins when another system calls. */
export const webhook = node('webhook');
/** One endpoint of a service, called by a worker. */
export const connector = node('connector');
/** One in, many out, page by page, by a worker. */
export const batch = node('batch');
/** Own code of a worker. */
export const custom = node('custom');
/** Makes a new body by an expression. */
export const map = node('map');
/** Lets pass what its condition says. */
export const filter = node('filter');
/** Chooses by the conditions of its connections. */
export const router = node('router');
/** Makes one message of each item. */
export const split = node('split');
/** Waits for messages that belong together and makes one of them. */
export const collect = node('collect');
/** Waits. */
export const delay = node('delay');
/** Starts another topology. */
export const call = node('call');
/** Answers who started the process. */
export const respond = node('respond');
/** Waits for a person. */
export const userTask = node('user-task');
/** Publishes to a topic, or begins with what is published there. */
export const topic = node('topic');
