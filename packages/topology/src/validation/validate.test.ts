import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NODE_KINDS, parseModel, type TopologyModel, validate } from '../index.ts';

const start = { id: 'start', kind: 'start' as const };
const step = (id: string) => ({ id, kind: 'custom' as const, worker: 'w', action: id });
const hook = (settings: Record<string, string>) => ({ ...start, kind: 'webhook' as const, settings });
const codes = (model: TopologyModel): string[] => validate(model).map((problem) => problem.code);
const model = (nodes: TopologyModel['nodes'], pairs: [string, string, string?][]): TopologyModel => ({
  name: 't',
  nodes,
  connections: pairs.map(([from, to, when]) => (when ? { from, to, when } : { from, to })),
});

/** start → a → collect → map, b beside them, and some paths. */
const paths = (connections: TopologyModel['connections']): TopologyModel => ({
  name: 't',
  nodes: [
    start,
    step('a'),
    step('b'),
    { id: 'collect', kind: 'collect', settings: { count: 2 } },
    { id: 'map', kind: 'map', settings: { expression: 'body' } },
  ],
  connections: [
    { from: 'start', to: 'a' },
    { from: 'a', to: 'b' },
    { from: 'a', to: 'collect' },
    { from: 'collect', to: 'map' },
    ...connections,
  ],
});

describe('validation', () => {
  test('a model nested without end is refused, not walked', () => {
    const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const of = (body: unknown) => parseModel({ name: 't', nodes: [{ id: 'c', kind: 'cron', settings: { body } }] });
    expect(of(deep(90)).ok).toBe(true);
    for (const levels of [100, 5_000, 500_000])
      expect(of(deep(levels))).toMatchObject({ ok: false, problems: [{ code: 'model.too_deep' }] });
  });

  test('boundary paths, joins, calls and topics in their places have no problem', () => {
    const sound = paths([
      { from: 'a', to: 'b', on: 'error', codes: ['x'] },
      { from: 'a', to: 'map', on: 'error' },
      { from: 'map', to: 'a', on: 'error' },
      { from: 'a', to: 'b', on: 'timer', afterMs: 1_000 },
      { from: 'a', to: 'b', on: 'compensation' },
    ]);
    expect(validate({ ...sound, settings: { compensate: 'on-failure' } })).toEqual([]);
    const subscriber = { id: 'in', kind: 'topic' as const, settings: { topic: 'orders', businessKey: 'body.id' } };
    const publisher = { id: 'out', kind: 'topic' as const, settings: { topic: 'shipped' } };
    const call = { id: 'call', kind: 'call' as const, settings: { topology: 'other', wait: false } };
    const talk = model(
      [subscriber, call, publisher],
      [
        ['in', 'call'],
        ['call', 'out'],
      ],
    );
    expect(validate(talk)).toEqual([]);
  });

  test('everything that is wrong is said at once', () => {
    const wrong = paths([
      { from: 'start', to: 'b', on: 'error' },
      { from: 'a', to: 'b', on: 'timer' },
    ]);
    const nodes = [...wrong.nodes.slice(0, 3), { id: 'collect', kind: 'collect' as const }, wrong.nodes[4]!];
    expect(codes({ ...wrong, nodes, settings: { speed: 'high' } }).sort()).toEqual([
      'collect.endless',
      'path.after_missing',
      'path.from_start',
      'topology.setting_unknown',
    ]);
  });

  test('a sound model has no problem', () => {
    expect(
      validate(
        model(
          [start, step('a'), step('b')],
          [
            ['start', 'a'],
            ['a', 'b'],
          ],
        ),
      ),
    ).toEqual([]);
  });

  test.each<[string, TopologyModel]>([
    ['graph.no_start', model([step('a')], [])],
    ['node.duplicate', model([start, step('a'), step('a')], [['start', 'a']])],
    [
      'connection.node_unknown',
      model(
        [start, step('a')],
        [
          ['start', 'a'],
          ['a', 'b'],
        ],
      ),
    ],
    [
      'connection.duplicate',
      model(
        [start, step('a')],
        [
          ['start', 'a'],
          ['start', 'a'],
        ],
      ),
    ],
    ['node.unreachable', model([start, step('a'), step('b')], [['start', 'a']])],
    ['start.leads_nowhere', model([start], [])],
    [
      'start.has_input',
      model(
        [start, step('a')],
        [
          ['start', 'a'],
          ['a', 'start'],
        ],
      ),
    ],
    [
      'graph.endless_cycle',
      model(
        [start, step('a'), step('b')],
        [
          ['start', 'a'],
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ],
    ['node.worker_missing', model([start, { id: 'a', kind: 'connector', action: 'x' }], [['start', 'a']])],
    ['node.action_missing', model([start, { id: 'a', kind: 'batch', worker: 'w' }], [['start', 'a']])],
    ['collect.endless', model([start, { id: 'a', kind: 'collect' }], [['start', 'a']])],
    ['node.setting_missing', model([start, { id: 'a', kind: 'call' }], [['start', 'a']])],
    ['node.setting_missing', model([start, { id: 'a', kind: 'topic' }], [['start', 'a']])],
    [
      'node.setting_invalid',
      model([start, { ...step('a'), settings: { timeoutMs: 10 * 86_400_000 } }], [['start', 'a']]),
    ],
    ['node.setting_misplaced', model([start, { ...step('a'), settings: { businessKey: 'user' } }], [['start', 'a']])],
    ['node.setting_misplaced', model([{ ...start, settings: { breakpoint: true } }, step('a')], [['start', 'a']])],
    ['node.setting_misplaced', model([start, { ...step('a'), settings: { catchUp: 'all' } }], [['start', 'a']])],
    ['node.setting_misplaced', model([start, { ...step('a'), settings: { event: 'paid' } }], [['start', 'a']])],
    ['node.setting_missing', model([hook({ application: 'shop' }), step('a')], [['start', 'a']])],
    ['node.setting_missing', model([hook({ event: 'paid' }), step('a')], [['start', 'a']])],
    ['topology.setting_unknown', { ...paths([]), settings: { compensates: 'on-failure' } }],
    ['topology.nothing_to_compensate', { ...paths([]), settings: { compensate: 'on-failure' } }],
    ['path.from_start', paths([{ from: 'start', to: 'b', on: 'error' }])],
    ['path.from_start', paths([{ from: 'start', to: 'b', on: 'timer', afterMs: 1 }])],
    ['path.after_missing', paths([{ from: 'a', to: 'b', on: 'timer' }])],
    ['path.undo_kind', paths([{ from: 'a', to: 'map', on: 'compensation' }])],
    ['path.timer_on_collect', paths([{ from: 'collect', to: 'b', on: 'timer', afterMs: 1 }])],
    [
      'path.ambiguous',
      paths([
        { from: 'a', to: 'b', on: 'error' },
        { from: 'a', to: 'map', on: 'error' },
      ]),
    ],
    [
      'path.ambiguous',
      paths([
        { from: 'a', to: 'b', on: 'timer', afterMs: 1 },
        { from: 'a', to: 'map', on: 'timer', afterMs: 2 },
      ]),
    ],
    ['connection.member_misplaced', paths([{ from: 'a', to: 'b', on: 'error', when: 'true' }])],
    ['connection.member_misplaced', paths([{ from: 'a', to: 'b', on: 'error', afterMs: 5 }])],
    ['connection.member_misplaced', paths([{ from: 'a', to: 'b', codes: ['x'] }])],
    ['node.setting_missing', model([start, { id: 'a', kind: 'map' }], [['start', 'a']])],
    ['cron.invalid', model([{ id: 'c', kind: 'cron', settings: { cron: 'every day' } }, step('a')], [['c', 'a']])],
    [
      'cron.invalid',
      model(
        [{ id: 'c', kind: 'cron', settings: { cron: '* * * * *', timeZone: 'Mars/Olympus' } }, step('a')],
        [['c', 'a']],
      ),
    ],
    ['router.no_route', model([start, { id: 'r', kind: 'router' }], [['start', 'r']])],
    [
      'router.two_defaults',
      model(
        [start, { id: 'r', kind: 'router' }, step('a'), step('b')],
        [
          ['start', 'r'],
          ['r', 'a'],
          ['r', 'b'],
        ],
      ),
    ],
  ])('%s is found', (code, bad) => {
    expect(codes(bad)).toContain(code);
  });

  test('a cycle that may end is fine: a condition on it, a filter or a router in it', () => {
    expect(
      codes(
        model(
          [start, step('a'), step('b')],
          [
            ['start', 'a'],
            ['a', 'b'],
            ['b', 'a', 'body.again'],
          ],
        ),
      ),
    ).toEqual([]);
    expect(
      codes(
        model(
          [start, step('a'), { id: 'f', kind: 'filter', settings: { condition: 'body.again' } }],
          [
            ['start', 'a'],
            ['a', 'f'],
            ['f', 'a'],
          ],
        ),
      ),
    ).toEqual([]);
  });

  test('all problems come at once, each with its place', () => {
    const bad = model(
      [start, { id: 'x', kind: 'custom' }, { id: 'lost', kind: 'map' }],
      [
        ['start', 'x'],
        ['x', 'nowhere'],
      ],
    );
    expect(codes(bad).sort()).toEqual([
      'connection.node_unknown',
      'node.action_missing',
      'node.setting_missing',
      'node.unreachable',
      'node.worker_missing',
    ]);
    for (const problem of validate(bad)) expect(problem.path).not.toBe('');
  });

  test('a node with a name is called by it, with its id beside', () => {
    const node = { id: '_8fa2', kind: 'connector' as const, name: 'Ask for a price', worker: 'w' };
    expect(validate(model([start, node], [['start', '_8fa2']])).map(({ message }) => message)).toEqual([
      'Node "Ask for a price" (_8fa2) is a connector and names no action. Say which action of the worker it calls.',
    ]);
  });

  test('expressions are read by whoever owns the language, and named with their place', () => {
    const bad = model([start, step('a')], [['start', 'a', '((']]);
    expect(validate(bad, () => 'unclosed')).toEqual([
      { code: 'expression.invalid', path: 'connections.0.when', message: expect.stringContaining('unclosed') },
    ]);
  });

  test('a chain of two thousand nodes overflows nothing', () => {
    const ids = Array.from({ length: 1_999 }, (_, index) => `n${index}`);
    const chain = model(
      [start, ...ids.map(step)],
      [
        ['start', 'n0'],
        ...ids.slice(1).map((id, index): [string, string] => [ids[index]!, id]),
        ['n1998', 'n0', 'body.more'],
      ],
    );
    expect(codes(chain)).toEqual([]);
  });

  test('no model makes it throw', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
    const node = fc.record({ id, kind: fc.constantFrom(...NODE_KINDS) });
    const connection = fc.record({ from: id, to: id });
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 8 }),
        fc.array(connection, { maxLength: 12 }),
        (nodes, connections) => void validate({ name: 't', nodes, connections }),
      ),
    );
  });
});

describe('reading a model', () => {
  test.each([
    null,
    1,
    'x',
    [],
    {},
    { name: 'a' },
    { name: '../etc', nodes: [] },
    { name: 't', nodes: [{ id: 'a', kind: 'magic' }] },
    { name: 't', nodes: [{ id: 'a', kind: 'map', settings: { prefetch: 0 } }] },
  ])('what is no model is refused with the place: %j', (raw) => {
    const parsed = parseModel(raw);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems[0]!.message).toMatch(/\./);
  });

  test('members it does not know are kept', () => {
    const parsed = parseModel({
      name: 't',
      nodes: [{ ...start, note: 'mine' }],
      connections: [],
      owner: 'me',
      layout: { start: [1, 2] },
    });
    expect(parsed).toMatchObject({
      ok: true,
      model: { owner: 'me', layout: { start: [1, 2] }, nodes: [{ note: 'mine' }] },
    });
  });
});
