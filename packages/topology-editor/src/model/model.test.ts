import { applyChanges, NODE_KINDS, SETTINGS_OF, type TopologyModel } from '@sluice/topology';
import { describe, expect, test } from 'vitest';
import { reordered } from '../commands/reorder.ts';
import { pointAt } from '../features/marks/travel.ts';
import type { Moddle } from '../view/diagram.ts';
import { bindingState, type Catalogue, searchActions } from './catalogue.ts';
import { detailOf } from './detail.ts';
import { durationText, parseDuration } from './duration.ts';
import { connectionChanged, inserted, nodeChanged, ofKind, withSetting } from './edits.ts';
import { CHOICES, commonFields, fieldsOf } from './form.ts';
import { KINDS, searchKinds } from './kinds.ts';
import { compareVersions, connectionKey } from './marks.ts';
import { freshId } from './names.ts';
import { remapWorkers, suggestWorkers, workersOf } from './remap.ts';
import { scheduleOf } from './schedule.ts';
import { locate } from './targets.ts';

const catalogue: Catalogue = {
  workers: [
    { name: 'erp', up: true, actions: [{ name: 'create-order', kind: 'connector', description: 'Books an order' }] },
    { name: 'mail', up: false, actions: [{ name: 'send', kind: 'custom' }] },
  ],
  topologies: [],
  applications: [],
};

const model: TopologyModel = {
  name: 't',
  nodes: [
    { id: 'in', kind: 'start' },
    { id: 'a.b', kind: 'connector', worker: 'old-erp', action: 'create-order' },
    { id: 'a', kind: 'map', settings: { expression: 'body' } },
  ],
  connections: [
    { from: 'in', to: 'a.b' },
    { from: 'a.b', to: 'a' },
  ],
};

describe('the form of a step', () => {
  test.each(NODE_KINDS)('a %s has a field for each setting that its kind reads, and no other', (kind) => {
    const { own, running } = fieldsOf(kind);
    expect([...own, ...running].map(({ name }) => name).sort()).toEqual([...SETTINGS_OF[kind]].sort());
    for (const { label, name } of [...own, ...running]) expect(label, name).toMatch(/^[A-Z]/);
  });

  test('bounds and choices are those of the schema', () => {
    const field = (kind: 'connector' | 'router', name: string) => {
      const { own, running } = fieldsOf(kind);
      return [...own, ...running].find((each) => each.name === name)!.control;
    };
    expect(field('connector', 'prefetch')).toEqual({ type: 'number', min: 1, max: 10_000 });
    expect(field('router', 'mode')).toEqual({ type: 'choice', options: ['first', 'all'] });
    for (const kind of NODE_KINDS)
      for (const { name, control } of fieldsOf(kind).own)
        if (control.type === 'choice')
          expect(Object.keys(CHOICES[name] ?? {}).sort(), name).toEqual([...control.options].sort());
    expect(field('connector', 'timeoutMs')).toMatchObject({ type: 'duration' });
    expect(field('connector', 'limit')).toMatchObject({ type: 'group' });
  });

  test('several steps have the fields that all of them read', () => {
    expect(commonFields(['connector', 'map']).map(({ name }) => name)).toContain('prefetch');
    expect(commonFields(['connector', 'start']).map(({ name }) => name)).toEqual(['breakpoint']);
  });

  test.each([
    ['90s', 90_000],
    ['1h 30m', 5_400_000],
    ['250ms', 250],
    ['2', 2_000],
    ['1d', 86_400_000],
  ])('"%s" is a time, and is written so that it is read again', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
    expect(parseDuration(durationText(ms))).toBe(ms);
  });

  test.each(['', 'soon', '5 apples', '-3s'])('"%s" is no time', (text) => expect(parseDuration(text)).toBeNull());

  test('a schedule is said in words with its next runs in its time zone', () => {
    const schedule = scheduleOf('0 9 * * 1', 'Europe/Prague', new Date('2026-01-01T00:00:00Z'));
    expect(schedule).toMatchObject({ words: expect.stringContaining('Monday') });
    expect('next' in schedule && schedule.next.map((date) => date.toISOString())).toEqual([
      '2026-01-05T08:00:00.000Z',
      '2026-01-12T08:00:00.000Z',
      '2026-01-19T08:00:00.000Z',
    ]);
    expect(scheduleOf('every day', undefined, new Date())).toHaveProperty('fault');
  });
});

describe('what is found by search', () => {
  test('a kind by what it does and by what others call it', () => {
    expect(searchKinds('gateway')).toContain('router');
    expect(searchKinds('waits person')).toEqual(['user-task']);
    expect(searchKinds('fil')[0]).toBe('filter');
    expect(searchKinds('')).toHaveLength(NODE_KINDS.length);
    expect(Object.keys(KINDS).sort()).toEqual([...NODE_KINDS].sort());
  });

  test('an action by its worker, its name and its words', () => {
    expect(searchActions(catalogue, 'books')[0]?.actions[0]?.name).toBe('create-order');
    expect(searchActions(catalogue, 'mail send')).toHaveLength(1);
    expect(searchActions(catalogue, 'erp send')).toEqual([]);
  });

  test('a binding that nobody announces is told from one whose worker is away', () => {
    expect(bindingState(catalogue, { worker: 'erp', action: 'create-order' })).toBe('known');
    expect(bindingState(catalogue, { worker: 'mail', action: 'send' })).toBe('worker-down');
    expect(bindingState(catalogue, { worker: 'erp', action: 'gone' })).toBe('action-unknown');
    expect(bindingState(catalogue, { worker: 'x', action: 'y' })).toBe('worker-unknown');
    expect(bindingState(catalogue, {})).toBe('none');
  });
});

describe('edits', () => {
  test('a node of another kind keeps what that kind reads and loses the rest', () => {
    const node = { id: 'n', kind: 'connector' as const, worker: 'erp', action: 'x', settings: { prefetch: 3 } };
    expect(ofKind(node, 'batch')).toEqual({ ...node, kind: 'batch' });
    expect(ofKind(node, 'map')).toEqual({ id: 'n', kind: 'map', settings: { prefetch: 3 } });
    expect(ofKind({ id: 'm', kind: 'map', settings: { expression: 'body' } }, 'router')).toEqual({
      id: 'm',
      kind: 'router',
    });
  });

  test('a setting that is taken away leaves no trace', () => {
    const node = withSetting({ id: 'n', kind: 'map' }, 'prefetch', 2);
    expect(node.settings).toEqual({ prefetch: 2 });
    expect(withSetting(node, 'prefetch', undefined)).toEqual({ id: 'n', kind: 'map' });
  });

  test('a step is put into a connection, which keeps its condition before it', () => {
    const [, connection] = model.connections;
    const changed = applyChanges(model, inserted({ ...connection! }, { id: 'f', kind: 'filter' }));
    expect(changed.connections).toContainEqual({ from: 'a.b', to: 'f' });
    expect(changed.connections).toContainEqual({ from: 'f', to: 'a' });
    expect(changed.connections).not.toContainEqual(connection);
  });

  test('changes of a node and of a connection are those that make the one of the other', () => {
    const [, node] = model.nodes;
    const after = { ...node!, settings: { prefetch: 1 } };
    expect(applyChanges(model, nodeChanged(node!, after)).nodes[1]).toEqual(after);
    const [connection] = model.connections;
    const when = { ...connection!, when: 'body.x' };
    expect(applyChanges(model, connectionChanged(connection!, when)).connections[0]).toEqual(when);
  });

  test('ids are made of what a node does, and are not taken twice', () => {
    expect(freshId('create order!', () => false)).toBe('create-order');
    expect(freshId('map', (id) => id === 'map')).toBe('map-2');
    expect(freshId('42', () => false)).toBe('node');
  });

  test('flows come into another order at the places they have', () => {
    const [a, b, c, x] = ['a', 'b', 'c', 'x'].map((id) => ({ id }) as Moddle);
    expect(reordered([a!, x!, b!, c!], [c!, a!])).toEqual([c!, x!, b!, a!]);
    expect(reordered([a!, b!], [a!, b!])).toBeNull();
  });
});

describe('what is shown', () => {
  test('a problem is at its node even when ids contain dots', () => {
    const problems = [
      { code: 'x', path: 'nodes.a.b.settings.prefetch', message: '' },
      { code: 'x', path: 'connections.1.when', message: '' },
      { code: 'x', path: 'nodes', message: '' },
    ];
    const [first, second, third] = locate(problems, model);
    expect(first).toMatchObject({ node: 'a.b', member: 'prefetch' });
    expect(second).toMatchObject({ connection: 1, member: 'when' });
    expect(third!.node).toBeUndefined();
  });

  test('a difference marks what came, went and is otherwise, on one picture', () => {
    const after: TopologyModel = {
      name: 't',
      nodes: [
        { id: 'in', kind: 'start' },
        { ...model.nodes[1]!, settings: { prefetch: 1 } },
        { id: 'new', kind: 'filter' },
      ],
      connections: [
        { from: 'in', to: 'a.b' },
        { from: 'a.b', to: 'new' },
      ],
    };
    const { nodes, connections, union, lines } = compareVersions(model, after);
    expect(Object.fromEntries(nodes)).toEqual({ 'a.b': 'changed', a: 'removed', new: 'added' });
    expect(connections.get(connectionKey({ from: 'a.b', to: 'a' }))).toBe('removed');
    expect(union.nodes.map(({ id }) => id)).toEqual(['in', 'a.b', 'new', 'a']);
    expect(lines.every(({ text }) => text.length > 0)).toBe(true);
    expect(compareVersions(model, { ...model, layout: { x: 1 } }).lines).toEqual([]);
  });

  test('a step without what it needs says so', () => {
    expect(detailOf({ kind: 'map' })).toEqual({ text: 'no mapping yet', open: true });
    expect(detailOf({ kind: 'connector', worker: 'erp', action: 'x' })).toEqual({ text: 'erp', open: false });
    expect(detailOf({ kind: 'delay', settings: { delayMs: 90_000 } }).text).toBe('1m 30s');
  });

  test('a dot on its way is where the line is at that distance', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect(pointAt(line, 15)).toEqual({ x: 10, y: 5 });
    expect(pointAt(line, 21)).toBeNull();
  });
});

describe('workers of an import', () => {
  test('their names are found, a fitting one is suggested, and they are replaced', () => {
    expect(workersOf(model)).toEqual(['old-erp']);
    expect(suggestWorkers(model, catalogue)).toEqual({ 'old-erp': 'erp' });
    expect(workersOf(remapWorkers(model, { 'old-erp': 'erp' }))).toEqual(['erp']);
    expect(remapWorkers(model, {})).toEqual(model);
  });
});
