// Random topologies for property tests: every kind, hostile names and texts, members that nobody knows.
// Shrinks to small ones; nothing here depends on time or chance of its own.

import fc from 'fast-check';
import { type Connection, NODE_KINDS, type Node, type NodeKind, type TopologyModel } from '../model/schema.ts';

const HOSTILE = [
  "it's",
  '"quoted"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
  '`${process.exit(1)}`',
  '\\',
  '\\u0041',
  'two\nlines',
  'ends in space \n',
  '\r\n',
  '</script><script>',
  '<!-- -->',
  '\u2028\u2029',
  '\u202Eright to left',
  '\uD800',
  '\u0000\u001b[31m',
  '*/ }); //',
  'größer 数 🙂',
  '__proto__',
  'constructor',
  '0',
  '12',
  '',
];

const text = (maxLength = 12): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength }) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength }) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  );
const someText = (maxLength = 12): fc.Arbitrary<string> => text(maxLength).filter((value) => value.length > 0);
const nodeId = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/) },
  { weight: 1, arbitrary: someText() },
);

/** An object as JSON may have it, `__proto__` as a member included. */
const members = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
  fc.array(fc.tuple(text(), value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));

/** Any JSON value. */
const json = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    // JSON has no negative zero.
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    ),
    text(),
    fc.array(tie('any'), { maxLength: 3 }),
    members(tie('any')),
  ),
})).any;

/** Members that no schema names: their names begin in a way that none of ours does. */
const unknownMembers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(text(), json), { minLength: 1, maxLength: 2 })
      .map((entries) => Object.fromEntries(entries.map(([name, value]) => [`x-${name}`, value]))),
  },
);

const millis = fc.integer({ min: 1, max: 86_400_000 });
const maybe = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const repeat = maybe({
  attempts: fc.integer({ min: 1, max: 1_000 }),
  delayMs: millis,
  factor: fc.double({ min: 1, max: 100, noNaN: true }),
  maxDelayMs: millis,
});
const limit = fc.record(
  { amount: fc.integer({ min: 1, max: 1_000_000 }), windowMs: millis, key: someText() },
  { requiredKeys: ['amount', 'windowMs'] },
);
const general = {
  prefetch: fc.integer({ min: 1, max: 10_000 }),
  orderingKey: someText(),
  timeoutMs: millis,
  repeat,
  limit,
};

const OF_KIND: Partial<Record<NodeKind, Record<string, fc.Arbitrary<unknown>>>> = {
  start: { businessKey: someText() },
  cron: {
    cron: fc.constantFrom('*/5 * * * *', '0 0 1 1 *'),
    timeZone: fc.constantFrom('UTC', 'Europe/Prague'),
    catchUp: fc.constantFrom('latest', 'all', 'none'),
    body: json,
  },
  map: { expression: someText(40) },
  split: { expression: someText(40) },
  filter: { condition: someText(40) },
  router: { mode: fc.constantFrom('first', 'all') },
  collect: {
    key: someText(),
    count: fc.oneof(fc.integer({ min: 1, max: 9 }), someText()),
    complete: someText(),
    onTimeout: fc.constantFrom('release', 'fail'),
    late: fc.constantFrom('trash', 'stop'),
  },
  delay: { delayMs: millis, until: someText() },
  call: { topology: fc.constantFrom('other', 'another'), startNode: someText(), wait: fc.boolean() },
  respond: {
    expression: someText(40),
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,6}$/), text(), { maxKeys: 2 }),
  },
  'user-task': { title: text(30), form: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), json, { maxKeys: 3 }) },
  topic: { topic: fc.constantFrom('orders', 'stock') },
};

const bodyOf = (kind: NodeKind): fc.Arbitrary<Omit<Node, 'id'>> => {
  const settings = fc
    .tuple(maybe({ ...general, breakpoint: fc.boolean(), ...OF_KIND[kind] }), unknownMembers)
    .map(([known, unknown]) => ({ ...known, ...unknown }));
  return fc
    .tuple(maybe({ name: text(), worker: someText(), action: someText(), settings }), unknownMembers)
    .map(([known, unknown]) => ({ kind, ...known, ...unknown }));
};

/** A node without its name. */
const body = fc.oneof(...NODE_KINDS.map((kind) => ({ weight: kind === 'router' ? 5 : 1, arbitrary: bodyOf(kind) })));

/** A connection without its ends. */
const way = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: maybe({ when: someText(30) }) },
      {
        weight: 1,
        arbitrary: fc.record(
          { on: fc.constant('error'), codes: fc.array(someText(), { minLength: 1, maxLength: 2 }) },
          { requiredKeys: ['on'] },
        ),
      },
      { weight: 1, arbitrary: fc.record({ on: fc.constant('timer'), afterMs: millis }) },
      { weight: 1, arbitrary: fc.record({ on: fc.constant('compensation') }) },
    ),
    unknownMembers,
  )
  .map(([known, unknown]): object => ({ ...known, ...unknown }));

/** A connection between two of some nodes, by number. */
const line = fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 }), way);

const whole = fc
  .tuple(
    maybe({ description: text(60), settings: maybe({ compensate: fc.constantFrom('on-failure', 'manual') }) }),
    unknownMembers,
  )
  .map(([known, unknown]) => ({ ...known, ...unknown }));

function drawn(nodes: readonly Node[], lines: readonly (readonly [number, number, object])[]): Connection[] {
  if (nodes.length === 0) return [];
  const at = (index: number): string => nodes[index % nodes.length]!.id;
  return lines.map(([from, to, fields]) => ({ from: at(from), to: at(to), ...fields }));
}

const oncePerEnds = (connections: readonly Connection[]): Connection[] => [
  ...new Map(connections.map((each) => [JSON.stringify([each.from, each.to, each.on]), each])).values(),
];

/** A model as `parseModel` gives it: well-formed, ids unique, connections between nodes that are there; it need not be runnable. */
export function arbitraryTopology({ maxNodes = 8 }: { maxNodes?: number } = {}): fc.Arbitrary<TopologyModel> {
  return fc
    .record({
      name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
      whole,
      nodes: fc.uniqueArray(fc.tuple(nodeId, body), { selector: ([id]) => id, maxLength: maxNodes }),
      lines: fc.array(line, { maxLength: 2 * maxNodes }),
      layout: fc.option(json, { nil: undefined }),
    })
    .map(({ name, whole, nodes: named, lines, layout }) => {
      const nodes = named.map(([id, rest]) => ({ id, ...rest }) as Node);
      const connections = oncePerEnds(drawn(nodes, lines));
      return { name, ...whole, nodes, connections, ...(layout === undefined ? {} : { layout }) };
    });
}

/** What editing does: nodes and connections are taken away, added, set otherwise, called otherwise, put in another order. */
export function arbitraryEdit(): fc.Arbitrary<(model: TopologyModel) => TopologyModel> {
  const fates = fc.array(fc.nat({ max: 9 }), { minLength: 8, maxLength: 8 });
  return fc
    .record({
      other: arbitraryTopology({ maxNodes: 3 }),
      nodeFates: fates,
      connectionFates: fates,
      order: fates,
      lines: fc.array(line, { maxLength: 2 }),
      body,
    })
    .map((edit) => (model) => edited(model, edit));
}

interface Edit {
  readonly other: TopologyModel;
  readonly nodeFates: readonly number[];
  readonly connectionFates: readonly number[];
  readonly order: readonly number[];
  readonly lines: readonly (readonly [number, number, object])[];
  readonly body: Omit<Node, 'id'>;
}

function edited(model: TopologyModel, { other, nodeFates, connectionFates, order, lines, body }: Edit): TopologyModel {
  const taken = new Set([...model.nodes, ...other.nodes].map(({ id }) => id));
  const names = new Map<string, string>();
  const nodes = model.nodes.flatMap((node, index): Node[] => {
    switch (nodeFates[index % nodeFates.length]) {
      case 0:
        return [];
      case 1:
        return [{ id: node.id, ...body } as Node];
      case 2:
        return [{ ...node, settings: { ...node.settings, ...(body.settings as object | undefined) } } as Node];
      case 3: {
        let name = `${node.id}-2`;
        while (taken.has(name)) name += '2';
        taken.add(name);
        names.set(node.id, name);
        return [{ ...node, id: name }];
      }
      default:
        return [node];
    }
  });
  nodes.push(...other.nodes.filter(({ id }) => !model.nodes.some((node) => node.id === id)));
  const known = new Set(nodes.map(({ id }) => id));
  const named = (id: string): string => names.get(id) ?? id;
  const connections = model.connections.flatMap((connection, index): Connection[] => {
    const moved = { ...connection, from: named(connection.from), to: named(connection.to) };
    const fate = connectionFates[index % connectionFates.length];
    if (fate === 0 || !known.has(moved.from) || !known.has(moved.to)) return [];
    return [fate === 1 ? { ...moved, when: 'changed' } : moved];
  });
  const rank = new Map(connections.map((each, index) => [each, order[index % order.length]! < 5 ? index : -index]));
  connections.sort((a, b) => rank.get(a)! - rank.get(b)!);
  return {
    ...model,
    ...(other.description === undefined ? {} : { description: other.description }),
    nodes,
    connections: oncePerEnds([...connections, ...drawn(nodes, lines)]),
  };
}
