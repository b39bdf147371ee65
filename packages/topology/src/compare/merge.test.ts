import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { describeConflicts, diff, merge, type TopologyModel } from '../index.ts';
import { arbitraryEdit, arbitraryTopology } from '../testing/arbitrary.ts';

const base: TopologyModel = {
  name: 'orders',
  nodes: [
    { id: 'in', kind: 'start' },
    {
      id: 'erp',
      kind: 'connector',
      worker: 'w',
      action: 'book',
      settings: { timeoutMs: 1000, repeat: { attempts: 8 } },
    },
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
};
/** The base as somebody changed it. */
function changed(
  change: (draft: { nodes: TopologyModel['nodes']; connections: TopologyModel['connections'] }) => void,
): TopologyModel {
  const draft = structuredClone(base);
  change(draft);
  return draft;
}
const settingsOf = ({ nodes }: TopologyModel, id: string): Record<string, unknown> =>
  nodes.find((node) => node.id === id)!.settings!;
const renamed = (id: string, name: string): TopologyModel => ({
  ...base,
  nodes: base.nodes.map((node) => (node.id === id ? { ...node, id: name } : node)),
  connections: base.connections.map((each) => ({
    ...each,
    from: each.from === id ? name : each.from,
    to: each.to === id ? name : each.to,
  })),
});

vi.setConfig({ testTimeout: 180_000 });

describe('three-way merge', () => {
  test('B6: where one side changed nothing, the merge is the other side', () => {
    const edited = fc
      .tuple(arbitraryTopology(), arbitraryEdit())
      .map(([before, edit]) => [before, edit(before)] as const);
    fc.assert(
      fc.property(edited, ([a, b]) => {
        for (const merged of [merge(a, b, a), merge(a, a, b), merge(a, b, b)]) {
          expect(merged.conflicts).toEqual([]);
          expect(diff(merged.model, b)).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('B6: what is no conflict holds the changes of both sides, whoever of them is called ours', () => {
    const both = fc
      .tuple(arbitraryTopology(), arbitraryEdit(), arbitraryEdit())
      .map(([before, one, two]) => [before, one(before), two(before)] as const);
    fc.assert(
      fc.property(both, ([a, ours, theirs]) => {
        const one = merge(a, ours, theirs);
        const two = merge(a, theirs, ours);
        expect(one.conflicts.length === 0).toBe(two.conflicts.length === 0);
        if (one.conflicts.length === 0) expect(diff(one.model, two.model)).toEqual([]);
        const ids = new Set(one.model.nodes.map(({ id }) => id));
        expect(one.model.connections.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('changes in different places come together', () => {
    const ours = changed((draft) => {
      settingsOf(draft as TopologyModel, 'erp').timeoutMs = 2000;
      draft.nodes.push({ id: 'audit', kind: 'custom', worker: 'w', action: 'audit' });
      draft.connections.push({ from: 'mail', to: 'audit' });
    });
    const theirs = changed((draft) => {
      settingsOf(draft as TopologyModel, 'erp').repeat = { attempts: 3 };
      draft.connections[3]!.when = 'c';
    });
    const { model, conflicts } = merge(base, ours, theirs);
    expect(conflicts).toEqual([]);
    expect(settingsOf(model, 'erp')).toEqual({ timeoutMs: 2000, repeat: { attempts: 3 } });
    expect(model.connections).toEqual([
      ...base.connections.slice(0, 3),
      { from: 'which', to: 'stock', when: 'c' },
      { from: 'mail', to: 'audit' },
    ]);
  });

  test('a conflict is named by node and setting, and ours stands', () => {
    const ours = changed((draft) => {
      settingsOf(draft as TopologyModel, 'erp').timeoutMs = 2000;
    });
    const theirs = changed((draft) => {
      settingsOf(draft as TopologyModel, 'erp').timeoutMs = 5000;
      draft.connections[2]!.when = 'z';
    });
    const { model, conflicts } = merge(base, ours, theirs);
    expect(conflicts).toEqual([{ node: 'erp', path: ['settings', 'timeoutMs'], base: 1000, ours: 2000, theirs: 5000 }]);
    expect(describeConflicts(conflicts)).toEqual(['node erp: settings.timeoutMs: ours 2000, theirs 5000 (was 1000)']);
    expect(settingsOf(model, 'erp').timeoutMs).toBe(2000);
    expect(model.connections[2]!.when).toBe('z');
  });

  test('a node changed on one side under the name that the other side gave it is the same node', () => {
    const theirs = changed((draft) => {
      draft.nodes[4]!.action = 'take';
    });
    for (const { model, conflicts } of [
      merge(base, renamed('stock', 'shelves'), theirs),
      merge(base, theirs, renamed('stock', 'shelves')),
    ]) {
      expect(conflicts).toEqual([]);
      expect(model.nodes[4]).toEqual({ id: 'shelves', kind: 'custom', worker: 'w', action: 'take' });
      expect(model.connections.at(-1)).toEqual({ from: 'which', to: 'shelves', when: 'b' });
    }
  });

  test('two new names for one node, and a new name for a node that is gone, are conflicts', () => {
    const both = merge(base, renamed('stock', 'shelves'), renamed('stock', 'store'));
    expect(both.conflicts).toEqual([{ node: 'stock', path: ['id'], base: 'stock', ours: 'shelves', theirs: 'store' }]);
    expect(both.model.nodes.map(({ id }) => id)).toEqual(['in', 'erp', 'which', 'mail', 'shelves']);
    const gone = changed((draft) => {
      draft.nodes.pop();
      draft.connections.pop();
    });
    expect(merge(base, renamed('stock', 'shelves'), gone).model.nodes.map(({ id }) => id)).toContain('shelves');
    const kept = merge(base, gone, renamed('stock', 'shelves'));
    expect(kept.conflicts).toMatchObject([{ node: 'stock', path: ['id'], theirs: 'shelves' }]);
    expect(kept.model.nodes.map(({ id }) => id)).toEqual(['in', 'erp', 'which', 'mail']);
  });

  test('a connection to a node that the other side took away is a conflict and leaves no loose end', () => {
    const ours = changed((draft) => {
      draft.nodes.pop();
      draft.connections.pop();
    });
    const theirs = changed((draft) => void draft.connections.push({ from: 'mail', to: 'stock' }));
    const { model, conflicts } = merge(base, ours, theirs);
    expect(describeConflicts(conflicts)).toEqual(['node stock: gone in ours, and theirs connects it: mail → stock']);
    expect(model.connections).toEqual(base.connections.slice(0, 3));
  });

  test('a router that both sides extend has to be looked at, because its order decides', () => {
    const extended = (id: string): TopologyModel =>
      changed((draft) => {
        draft.nodes.push({ id, kind: 'custom', worker: 'w', action: id });
        draft.connections.push({ from: 'which', to: id, when: id });
      });
    const { model, conflicts } = merge(base, extended('x'), extended('y'));
    expect(conflicts).toEqual([
      {
        node: 'which',
        path: ['routes'],
        base: ['mail', 'stock'],
        ours: ['mail', 'stock', 'x'],
        theirs: ['mail', 'stock', 'y'],
      },
    ]);
    expect(model.connections.map(({ to }) => to)).toEqual(expect.arrayContaining(['x', 'y']));
  });
});
