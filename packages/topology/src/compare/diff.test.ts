import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { applyChanges, describeChanges, diff, type TopologyModel } from '../index.ts';
import { arbitraryEdit, arbitraryTopology } from '../testing/arbitrary.ts';
import { canonical } from './value.ts';

const edited = fc.tuple(arbitraryTopology(), arbitraryEdit()).map(([before, edit]) => [before, edit(before)] as const);

/** The meaning of a model, told apart from how `diff` sees it: all parts sorted, the routes of a router in their order. */
function meaning({ nodes, connections, layout: _, ...whole }: TopologyModel): string {
  const deciding = new Set(
    nodes.filter(({ kind, settings }) => kind === 'router' && settings?.mode !== 'all').map(({ id }) => id),
  );
  const isRoute = ({ from, when, on }: TopologyModel['connections'][number]): boolean =>
    deciding.has(from) && when !== undefined && on === undefined;
  return canonical([
    whole,
    nodes.map(({ settings = {}, ...node }) => canonical({ ...node, settings })).sort(),
    connections.map(canonical).sort(),
    [...deciding].sort().map((id) => connections.filter((each) => each.from === id && isRoute(each))),
  ]);
}

const model = (change: Partial<TopologyModel> = {}): TopologyModel => ({
  name: 'orders',
  nodes: [
    { id: 'in', kind: 'start' },
    { id: 'erp', kind: 'connector', worker: 'w', action: 'book', settings: { repeat: { attempts: 8 } } },
    { id: 'which', kind: 'router' },
    { id: 'mail', kind: 'custom', worker: 'w', action: 'mail' },
    { id: 'stock', kind: 'custom', worker: 'w', action: 'stock' },
  ],
  connections: [
    { from: 'in', to: 'erp' },
    { from: 'erp', to: 'which' },
    { from: 'which', to: 'mail', when: 'a' },
    { from: 'which', to: 'stock', when: 'b' },
  ],
  ...change,
});
const lines = (before: TopologyModel, after: TopologyModel): string[] =>
  describeChanges(diff(before, after)).map(({ sign, text }) => `${sign} ${text}`);

vi.setConfig({ testTimeout: 180_000 });

describe('semantic diff', () => {
  test('B6: a topology has no difference to itself', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (a) => {
        expect(diff(a, a)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('B6: moving a box, another order of nodes and another order of members are empty differences', () => {
    fc.assert(
      fc.property(
        arbitraryTopology().chain((a) =>
          fc.tuple(fc.constant(a), fc.shuffledSubarray(a.nodes, { minLength: a.nodes.length })),
        ),
        ([a, nodes]) => {
          const backwards = (value: unknown): unknown =>
            typeof value !== 'object' || value === null || Array.isArray(value)
              ? value
              : Object.fromEntries(
                  Object.entries(value)
                    .reverse()
                    .map(([name, member]) => [name, backwards(member)]),
                );
          const moved = { ...a, nodes: nodes.map(backwards), layout: { erp: { x: 1, y: 2 } } } as TopologyModel;
          expect(diff(a, moved)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('B6: the changes between two topologies, applied to the first, give the second', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        const changes = diff(before, after);
        expect(meaning(applyChanges(before, changes))).toBe(meaning(after));
        expect(changes.length > 0).toBe(meaning(before) !== meaning(after));
        expect(applyChanges(before, JSON.parse(JSON.stringify(changes)))).toEqual(applyChanges(before, changes));
        expect(describeChanges(changes).every(({ text }) => !/[\p{Cc}\u202E\u2028]/u.test(text))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('it holds for two strangers, and for drafts with names that stand twice', () => {
    const broken = arbitraryTopology({ maxNodes: 4 }).map((a) => ({
      ...a,
      nodes: [...a.nodes, ...a.nodes.slice(0, 2).map((node) => ({ ...node, name: 'twin' }))],
      connections: [...a.connections, ...a.connections.slice(0, 2).map((each) => ({ ...each, note: 'twin' }))],
    }));
    fc.assert(
      fc.property(fc.tuple(fc.oneof(broken, arbitraryTopology()), broken), ([before, after]) => {
        expect(meaning(applyChanges(before, diff(before, after)))).toBe(meaning(after));
        expect(diff(after, after)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('each kind of change is a line', () => {
    const after = model({ description: 'All orders' });
    after.nodes = [
      { id: 'in', kind: 'start' },
      {
        id: 'erp',
        kind: 'connector',
        worker: 'w',
        action: 'book',
        settings: { repeat: { attempts: 5 }, limit: { amount: 60, windowMs: 1000 } },
      },
      { id: 'which', kind: 'router' },
      { id: 'stock', kind: 'custom', worker: 'w', action: 'stock' },
      { id: 'say it', kind: 'user-task', settings: { title: 'Well?' } },
    ];
    after.connections = [
      { from: 'in', to: 'erp' },
      { from: 'erp', to: 'which' },
      { from: 'which', to: 'stock', when: 'c' },
      { from: 'erp', to: 'say it', on: 'error', codes: ['409'] },
    ];
    expect(lines(model(), after)).toEqual([
      '~ topology: description nothing → "All orders"',
      '- which → mail (when "a")',
      '- node mail (custom, worker "w", action "mail")',
      '+ node "say it" (user-task, settings {"title":"Well?"})',
      '~ node erp: settings.repeat.attempts 8 → 5',
      '~ node erp: settings.limit nothing → {"amount":60,"windowMs":1000}',
      '+ erp → "say it" on error (codes ["409"])',
      '~ which → stock: when "b" → "c"',
    ]);
  });

  test('a node with another name and all else alike is a rename, and nothing more', () => {
    const renamed = JSON.parse(
      JSON.stringify(model()).replaceAll('"stock"', '"shelves"').replace('"action":"shelves"', '"action":"stock"'),
    );
    expect(lines(model(), renamed)).toEqual(['~ node stock is now called shelves']);
  });

  test('two nodes that could both be the renamed one are not guessed at', () => {
    const twins = (a: string, b: string): TopologyModel => ({
      name: 't',
      nodes: [
        { id: 'in', kind: 'start' },
        { id: a, kind: 'custom', worker: 'w', action: 'x' },
        { id: b, kind: 'custom', worker: 'w', action: 'x' },
      ],
      connections: [
        { from: 'in', to: a },
        { from: 'in', to: b },
      ],
    });
    expect(diff(twins('a', 'b'), twins('c', 'd')).map(({ change }) => change)).not.toContain('node.renamed');
  });

  test('the order in which a router asks is a difference; the same order at a router that takes all is none', () => {
    const turned = { ...model(), connections: model().connections.toReversed() };
    expect(lines(model(), turned)).toEqual(['~ router which asks in this order: stock, mail']);
    const all = (each: TopologyModel): TopologyModel => ({
      ...each,
      nodes: each.nodes.map((node) =>
        node.kind === 'router' ? { ...node, settings: { mode: 'all' as const } } : node,
      ),
    });
    expect(lines(all(model()), all(turned))).toEqual([]);
  });

  test('changes meant for another topology are refused by name', () => {
    const changes = diff(model(), { ...model(), nodes: model().nodes.slice(0, 4) });
    expect(() => applyChanges({ name: 'empty', nodes: [], connections: [] }, changes)).toThrow(
      /which → stock|node stock/,
    );
  });
});
