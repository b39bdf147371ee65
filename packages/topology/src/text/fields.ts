// What the text of a topology writes as plain fields, kind by kind. All else a model may carry is kept as `extra`.
//
// The builder's types and the printer stand on this one table: a setting that a kind does not read is a type error when
// somebody writes it, and still comes back unharmed when a stored model has it.

import type { NodeKind } from '../model/schema.ts';

const STEP = ['prefetch', 'orderingKey', 'timeoutMs', 'repeat', 'limit', 'breakpoint'] as const;
const START = ['businessKey', 'breakpoint'] as const;

/** Settings that a kind reads, in the order in which they are written. */
export const SETTINGS_OF = {
  start: START,
  cron: ['cron', 'timeZone', 'catchUp', 'body', ...START],
  webhook: ['application', 'event', 'parameters', ...START],
  connector: STEP,
  batch: STEP,
  custom: STEP,
  map: ['expression', ...STEP],
  filter: ['condition', ...STEP],
  router: ['mode', ...STEP],
  split: ['expression', ...STEP],
  collect: ['key', 'count', 'complete', 'index', 'scope', 'onTimeout', 'late', ...STEP],
  delay: ['delayMs', 'until', ...STEP],
  call: ['topology', 'startNode', 'wait', ...STEP],
  respond: ['expression', 'status', 'headers', ...STEP],
  'user-task': ['title', 'form', ...STEP],
  topic: ['topic', 'businessKey', ...STEP],
} as const satisfies Record<NodeKind, readonly string[]>;

const NAMED = ['name', 'settings'] as const;
const WORKED = ['name', 'worker', 'action', 'settings'] as const;

/** Members of a node beside `id` and `kind`. */
export const FIELDS_OF = {
  start: NAMED,
  cron: NAMED,
  webhook: NAMED,
  connector: WORKED,
  batch: WORKED,
  custom: WORKED,
  map: NAMED,
  filter: NAMED,
  router: NAMED,
  split: NAMED,
  collect: NAMED,
  delay: NAMED,
  call: NAMED,
  respond: NAMED,
  'user-task': NAMED,
  topic: NAMED,
} as const satisfies Record<NodeKind, readonly string[]>;

/** Members of a connection beside its ends. */
export const CONNECTION_FIELDS = ['on', 'codes', 'afterMs', 'when'] as const;

/** Members of a topology beside its name, nodes and connections. */
export const TOPOLOGY_FIELDS = ['description', 'settings'] as const;

/** Name of the builder's function for a kind. */
export const FUNCTION_OF = {
  start: 'start',
  cron: 'cron',
  webhook: 'webhook',
  connector: 'connector',
  batch: 'batch',
  custom: 'custom',
  map: 'map',
  filter: 'filter',
  router: 'router',
  split: 'split',
  collect: 'collect',
  delay: 'delay',
  call: 'call',
  respond: 'respond',
  'user-task': 'userTask',
  topic: 'topic',
} as const satisfies Record<NodeKind, string>;
