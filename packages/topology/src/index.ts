// Door of the process definition. Pure: no I/O, no clock.

export { applyChanges } from './compare/apply.ts';
export type { Change, Ends, Setting } from './compare/change.ts';
export { describeChanges, describeConflicts, type Line } from './compare/describe.ts';
export { diff } from './compare/diff.ts';
export { type Conflict, type Merged, merge } from './compare/merge.ts';
export { equal } from './compare/value.ts';
export { cycles, type Graph, graphOf, isStart, reachable } from './graph/graph.ts';
export { type Parsed, parseModel } from './model/parse.ts';
export {
  type Connection,
  ConnectionSchema,
  type Limit,
  LimitSchema,
  NAME_PATTERN,
  NODE_KINDS,
  type Node,
  type NodeKind,
  NodeSchema,
  type Repeat,
  RepeatSchema,
  type Settings,
  SettingsSchema,
  START_KINDS,
  type TopologyModel,
  TopologySchema,
  TopologySettingsSchema,
  UNDO_KINDS,
  WORKER_KINDS,
} from './model/schema.ts';
export { CONNECTION_FIELDS, FIELDS_OF, FUNCTION_OF, SETTINGS_OF } from './text/fields.ts';
export { toTypeScript } from './text/print.ts';
export type { Problem } from './validation/problem.ts';
export { EXPRESSION_SETTINGS, expressionsOf, validate } from './validation/validate.ts';
