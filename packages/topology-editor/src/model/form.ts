// Which fields the panel of a node has: the settings that its kind reads, each with a control by its schema.
//
// Bounds and choices come from the schema of the model, so that a setting added there appears here by itself; only
// words are added.

import { EXPRESSION_SETTINGS, type NodeKind, SETTINGS_OF, SettingsSchema } from '@sluice/topology';
import { z } from 'zod';

export type Control =
  | { readonly type: 'number' | 'duration'; readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'expression'; readonly orNumber: boolean }
  | { readonly type: 'group'; readonly fields: readonly Field[] }
  | { readonly type: 'flag' | 'text' | 'json' };

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly control: Control;
  readonly required: boolean;
}

interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const WORDS: Readonly<Record<string, readonly [label: string, hint?: string]>> = {
  prefetch: ['At once', 'Most messages run at the same time; 1 keeps strict order.'],
  orderingKey: ['Ordering key', 'First in, first out inside equal results.'],
  timeoutMs: ['Timeout', 'How long one call may take.'],
  repeat: ['Repeat on failure'],
  'repeat.attempts': ['Attempts', 'Calls in all, the first included.'],
  'repeat.delayMs': ['First delay'],
  'repeat.factor': ['Factor', 'Each delay is this many times the one before.'],
  'repeat.maxDelayMs': ['Longest delay'],
  limit: ['Rate limit'],
  'limit.amount': ['Calls'],
  'limit.windowMs': ['In any'],
  'limit.key': ['Shared by', 'Messages with equal results share the permits.'],
  breakpoint: ['Breakpoint', 'Hold messages here until a person lets them go on.'],
  expression: ['Mapping', 'JSONata over headers, body and user: the new body.'],
  condition: ['Condition', 'JSONata: the message goes on when it is true.'],
  mode: ['Takes'],
  delayMs: ['Wait for'],
  until: ['Wait until', 'JSONata giving an instant: ISO date or epoch milliseconds.'],
  cron: ['Schedule', 'As cron writes it: 0 6 * * 1-5 is at 06:00 on working days.'],
  timeZone: ['Time zone', 'IANA name, such as Europe/Prague.'],
  catchUp: ['After an outage', 'When times to start were missed.'],
  body: ['Body', 'What the message carries.'],
  businessKey: ['Business key', 'By its result the process is found again, such as an order number.'],
  application: ['Application'],
  event: ['Event'],
  parameters: ['Parameters'],
  topology: ['Topology'],
  startNode: ['Start node', 'Without it: its only start.'],
  wait: ['Wait for its answer', 'Otherwise go on at once.'],
  topic: ['Topic'],
  key: ['Belong together by', 'Parts with equal results are joined; without it all parts of the process.'],
  count: ['Parts', 'How many make a whole: a number, or JSONata over a part.'],
  complete: ['Complete when', 'JSONata; body is the list of all bodies so far.'],
  index: ['Place of a part', 'JSONata; without it the order of arrival.'],
  scope: ['Across'],
  onTimeout: ['When parts are missing'],
  late: ['A part that comes late'],
  status: ['HTTP status'],
  headers: ['Headers'],
  title: ['Question', 'What the person is asked.'],
  form: ['Form', 'JSON Schema of the body that goes on; the person is asked for its properties.'],
};

/** Choices in words; the first is what holds when none is written. */
export const CHOICES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mode: { first: 'The first true connection', all: 'Every true connection' },
  catchUp: { latest: 'Starts once', all: 'Starts for each missed time', none: 'Does not start' },
  scope: { process: 'One process', topology: 'All processes' },
  onTimeout: { release: 'Join those that came', fail: 'All fail' },
  late: { trash: 'Goes to trash', stop: 'Ends without an error' },
};

const EXPRESSIONS: ReadonlySet<string> = new Set([...EXPRESSION_SETTINGS, 'limit.key']);
const SCHEMAS = (z.toJSONSchema(SettingsSchema, { io: 'input' }) as Schema).properties!;
/** Settings without which a kind means nothing; the same answer as validation gives. */
const REQUIRED: Partial<Record<NodeKind, readonly string[]>> = {
  map: ['expression'],
  filter: ['condition'],
  cron: ['cron'],
  call: ['topology'],
  topic: ['topic'],
};

function fieldOf(path: string, schema: Schema, required: boolean): Field {
  const [label, hint] = WORDS[path] ?? [path];
  return { name: path.slice(path.indexOf('.') + 1), label, hint, control: controlOf(path, schema), required };
}

function controlOf(path: string, schema: Schema): Control {
  if (EXPRESSIONS.has(path)) return { type: 'expression', orNumber: schema.anyOf !== undefined };
  if (schema.enum) return { type: 'choice', options: schema.enum };
  switch (schema.type) {
    case 'integer':
    case 'number':
      return { type: path.endsWith('Ms') ? 'duration' : 'number', min: schema.minimum, max: schema.maximum };
    case 'boolean':
      return { type: 'flag' };
    case 'string':
      return { type: 'text' };
    case 'object':
      if (!schema.properties) return { type: 'json' };
      return {
        type: 'group',
        fields: Object.entries(schema.properties).map(([name, member]) =>
          fieldOf(`${path}.${name}`, member, schema.required?.includes(name) ?? false),
        ),
      };
    default:
      return { type: 'json' };
  }
}

/** Fields that say what the node does, and those that say how it is run. */
export function fieldsOf(kind: NodeKind): { readonly own: readonly Field[]; readonly running: readonly Field[] } {
  const common = new Set<string>([...SETTINGS_OF.custom, 'businessKey']);
  const all = SETTINGS_OF[kind].map((name) => fieldOf(name, SCHEMAS[name]!, REQUIRED[kind]?.includes(name) ?? false));
  return {
    own: all.filter(({ name }) => !common.has(name)),
    running: all.filter(({ name }) => common.has(name)),
  };
}

/** Settings that all of these kinds read and that may sensibly be equal on several nodes. */
export function commonFields(kinds: readonly NodeKind[]): readonly Field[] {
  const [first, ...rest] = kinds;
  if (first === undefined) return [];
  return fieldsOf(first).running.filter(({ name }) =>
    rest.every((kind) => (SETTINGS_OF[kind] as readonly string[]).includes(name)),
  );
}
