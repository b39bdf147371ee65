// Random topologies for property tests: every kind, every setting, and what nobody foresaw.
//
// They have the shape of a model but need not be fit to run: what reads and writes models must not lose drafts either.

import fc from 'fast-check';
import { NODE_KINDS, type NodeKind, START_KINDS, type TopologyModel, TopologySchema } from '../model/schema.ts';

type Fields = Record<string, unknown>;

const tidy = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
/** Any text there is: controls, quotes, white space, other scripts, halves of pairs. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
  fc.constantFrom(
    ' ',
    '"',
    "'",
    '`',
    '\\',
    '$' + '{x}',
    '*/',
    ']]>',
    '<!--',
    '&amp;',
    '{"a":1}',
    ' a ',
    'a\nb',
    'a\r\nb',
    '\ud800',
  ),
);
const text = fc.oneof({ weight: 3, arbitrary: tidy }, { weight: 1, arbitrary: anyText });
const expression = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'body.id',
      'headers."x-id" & user',
      'body.total > 100 and body.country = "CZ"',
      '$sum(body.items.price)\n  * 1.21',
      'true',
      'false',
    ),
  },
  { weight: 1, arbitrary: anyText },
);
/** Member names that no prototype answers to. */
const memberName = fc
  .oneof({ weight: 3, arbitrary: tidy }, { weight: 1, arbitrary: anyText })
  .map((name) => `x${name}`);
const json = fc
  .jsonValue({ maxDepth: 2, stringUnit: 'grapheme-ascii' })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const unknown = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.dictionary(memberName, json, { maxKeys: 3 }) },
);
const millis = fc.oneof(fc.constantFrom(0, 1, 500, 1_000, 90_000, 86_400_000), fc.nat({ max: 86_400_000 }));
const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const commonSettings = some({
  prefetch: fc.integer({ min: 1, max: 10_000 }),
  orderingKey: expression,
  timeoutMs: fc.integer({ min: 1, max: 86_400_000 }),
  repeat: some({
    attempts: fc.integer({ min: 1, max: 1_000 }),
    delayMs: millis,
    factor: fc.constantFrom(1, 1.5, 2, 10),
    maxDelayMs: millis,
  }),
  limit: fc.record(
    { amount: fc.integer({ min: 1, max: 1_000 }), windowMs: fc.integer({ min: 1, max: 86_400_000 }), key: expression },
    { requiredKeys: ['amount', 'windowMs'] },
  ),
});

const OWN_SETTINGS: { readonly [kind in NodeKind]?: fc.Arbitrary<Fields> } = {
  cron: some<Fields>({
    cron: fc.oneof(fc.constantFrom('*/5 * * * *', '0 0 2 * * MON', '@daily'), tidy),
    timeZone: fc.constantFrom('UTC', 'Europe/Prague'),
    catchUp: fc.constantFrom('latest', 'all', 'none'),
    body: json,
  }),
  map: some<Fields>({ expression }),
  split: some<Fields>({ expression }),
  filter: some<Fields>({ condition: expression }),
  router: some<Fields>({ mode: fc.constantFrom('first', 'all') }),
  collect: some<Fields>({
    key: expression,
    count: fc.oneof(fc.integer({ min: 1, max: 100 }), expression),
    timeoutMs: fc.integer({ min: 1, max: 86_400_000 }),
    complete: expression,
    onTimeout: fc.constantFrom('release', 'fail'),
    late: fc.constantFrom('trash', 'stop'),
  }),
  delay: some<Fields>({ delayMs: millis, until: expression }),
  call: some<Fields>({
    topology: tidy,
    startNode: text,
    wait: fc.boolean(),
    timeoutMs: fc.integer({ min: 1, max: 1_000 }),
  }),
  respond: some<Fields>({
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.dictionary(tidy, text, { maxKeys: 2 }),
    expression,
  }),
  'user-task': some<Fields>({ title: text }),
  topic: some<Fields>({ topic: tidy }),
};

const WORKED: ReadonlySet<NodeKind> = new Set(['connector', 'batch', 'custom']);

/** Everything of a node but its id. */
const node: fc.Arbitrary<Fields> = fc.oneof(
  ...NODE_KINDS.map((kind) =>
    fc
      .record({
        members: some<Fields>({ name: text, breakpoint: fc.boolean() }),
        worked: WORKED.has(kind) ? some<Fields>({ worker: text, action: text }) : fc.constant({}),
        start: START_KINDS.has(kind) ? some<Fields>({ businessKey: expression }) : fc.constant({}),
        common: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: commonSettings }),
        own: OWN_SETTINGS[kind] ?? fc.constant({}),
        foreign: unknown,
        more: unknown,
      })
      .map(({ members, worked, start, common, own, foreign, more }): Fields => {
        const settings = { ...more, ...common, ...own };
        const none = common === null && Object.keys(settings).length === 0;
        return { ...foreign, ...members, ...worked, ...start, kind, ...(none ? {} : { settings }) };
      }),
  ),
);

const way = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ when: expression }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { on: fc.constant('error'), codes: fc.array(text, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: ['on'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ on: fc.constant('timer'), afterMs: millis.map((ms) => ms + 1) }) },
  { weight: 1, arbitrary: fc.record({ on: fc.constant('compensation') }) },
);

const link = fc.record({ from: fc.nat(), to: fc.nat(), way, foreign: unknown });
const nodeId = fc.oneof({ weight: 4, arbitrary: tidy }, { weight: 1, arbitrary: anyText });

interface Link {
  readonly from: number;
  readonly to: number;
  readonly way: Fields;
  readonly foreign: Fields;
}

/** From any node to any that is no start, each way between two of them once. */
function connect(nodes: readonly Fields[], links: readonly Link[]): Fields[] {
  const targets = nodes.filter(({ kind }) => !START_KINDS.has(kind as NodeKind));
  if (targets.length === 0) return [];
  const connections = new Map<string, Fields>();
  for (const { from, to, way, foreign } of links) {
    const ends = { from: nodes[from % nodes.length]!.id, to: targets[to % targets.length]!.id };
    connections.set(JSON.stringify([ends, way.on]), { ...foreign, ...ends, ...way });
  }
  return [...connections.values()];
}

/** A model as reading one gives it. */
export function arbitraryTopology({ maxNodes = 8 }: { maxNodes?: number } = {}): fc.Arbitrary<TopologyModel> {
  return fc
    .record({
      name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/),
      ids: fc.uniqueArray(nodeId, { minLength: 1, maxLength: maxNodes }),
      nodes: fc.array(node, { minLength: maxNodes, maxLength: maxNodes }),
      links: fc.array(link, { maxLength: maxNodes * 2 }),
      whole: some<Fields>({
        description: text,
        settings: some<Fields>({ compensate: fc.constantFrom('on-failure', 'manual') }),
      }),
      foreign: unknown,
    })
    .map(({ name, ids, nodes: all, links, whole, foreign }) => {
      const nodes = ids.map((id, index): Fields => ({ ...all[index], id }));
      return TopologySchema.parse({ ...foreign, ...whole, name, nodes, connections: connect(nodes, links) });
    });
}
