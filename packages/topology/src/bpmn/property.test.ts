import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { BpmnModdle } from 'bpmn-moddle';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBpmn, sameMeaning, toBpmn } from '../bpmn.ts';
import { NODE_KINDS, type Node, type TopologyModel, TopologySchema } from '../index.ts';
import { arbitraryTopology } from '../testing/arbitrary-topology.ts';

const meaning = ({ layout: _, ...rest }: TopologyModel): Omit<TopologyModel, 'layout'> => rest;
const again = (xml: string): Omit<TopologyModel, 'layout'> => meaning(fromBpmn(xml).model);

describe('model → BPMN → model', () => {
  test('B6: 10,000 random topologies are equal after the way out and in', () => {
    fc.assert(
      fc.property(arbitraryTopology({ maxNodes: 4 }), (model) => {
        const read = again(toBpmn(model, { layout: false }));
        if (!isDeepStrictEqual(read, model)) expect(read).toEqual(model);
      }),
      { numRuns: 10_000 },
    );
  }, 600_000);

  test('B6: so they are with a layout, which is complete and carries no meaning', () => {
    fc.assert(
      fc.property(arbitraryTopology({ maxNodes: 12 }), (model) => {
        const xml = toBpmn(model);
        expect(again(xml)).toEqual(model);
        expect(xml.match(/<bpmndi:BPMNShape /g)?.length ?? 0).toBeGreaterThanOrEqual(model.nodes.length);
        expect(xml.match(/<bpmndi:BPMNEdge /g)?.length ?? 0).toBe(model.connections.length);
        const moved = xml.replace(/ x="(\d+)"/g, (_, x: string) => ` x="${Number(x) + 7}"`);
        expect(again(moved)).toEqual(model);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('B6: another tool reads what goes out without a warning, and what it saves is the same model', async () => {
    const moddle = new BpmnModdle();
    await fc.assert(
      fc.asyncProperty(arbitraryTopology(), async (model) => {
        const { rootElement, warnings } = await moddle.fromXML(toBpmn(model));
        expect(warnings.map(({ message }) => message)).toEqual([]);
        const { xml } = await moddle.toXML(rootElement);
        expect(again(xml)).toEqual(model);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test('an export of an export is the very same text', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (model) => {
        const xml = toBpmn(model);
        expect(toBpmn(fromBpmn(xml).model)).toBe(xml);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('document → model → edit → document', () => {
  const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'bpmn');
  const documents = readdirSync(folder)
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => readFileSync(join(folder, file)));

  type Edit = (model: TopologyModel, pick: (count: number) => number) => TopologyModel;
  const at = <T>(list: readonly T[], index: number): T => list[index]!;
  const change = (model: TopologyModel, index: number, change: (node: Node) => Node): TopologyModel => ({
    ...model,
    nodes: model.nodes.map((node, at) => (at === index ? change(node) : node)),
  });
  const EDITS: Record<string, Edit> = {
    removeNode: (model, pick) => {
      const { id } = at(model.nodes, pick(model.nodes.length));
      return {
        ...model,
        nodes: model.nodes.filter((node) => node.id !== id),
        connections: model.connections.filter(({ from, to }) => from !== id && to !== id),
      };
    },
    removeConnection: (model, pick) => {
      const gone = pick(model.connections.length);
      return { ...model, connections: model.connections.filter((_, index) => index !== gone) };
    },
    swapConnections: (model, pick) => {
      const connections = [...model.connections];
      const [a, b] = [pick(connections.length), pick(connections.length)];
      if (connections.length > 0) [connections[a], connections[b]] = [connections[b]!, connections[a]!];
      return { ...model, connections };
    },
    renameNode: (model, pick) =>
      change(model, pick(model.nodes.length), (node) => ({ ...node, name: 'Renamed & "new"' })),
    changeKind: (model, pick) => {
      const kind = at(NODE_KINDS, pick(NODE_KINDS.length));
      return change(model, pick(model.nodes.length), ({ notRunnable: _, ...node }) => ({ ...node, kind }));
    },
    dropSettings: (model, pick) => change(model, pick(model.nodes.length), ({ settings: _, ...node }) => node),
    condition: (model, pick) => {
      const index = pick(model.connections.length);
      const connections = model.connections.map((line, at) =>
        at === index ? { ...line, when: 'body.total > 1' } : line,
      );
      return { ...model, connections };
    },
    describe: (model) => ({ ...model, description: 'Said anew', settings: { compensate: 'manual' } }),
    addNode: (model, pick) => {
      let id = 'added';
      while (model.nodes.some((node) => node.id === id)) id += ' one';
      const { id: from } = at(model.nodes, pick(model.nodes.length));
      const on = at<Partial<TopologyModel['connections'][number]>>(
        [{}, { on: 'error', codes: ['E1'] }, { on: 'timer', afterMs: 5_000 }, { on: 'compensation' }],
        pick(4),
      );
      return {
        ...model,
        nodes: [...model.nodes, { id, kind: 'connector', worker: 'w', action: 'a' }],
        connections: [...model.connections, { from, to: id, ...on }],
      };
    },
  };

  test('B19: any edits of any file of the suite, or of a random topology, come back as the edited model', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.infiniteStream(fc.nat())), {
      minLength: 1,
      maxLength: 6,
    });
    const source = fc.oneof(
      fc.constantFrom(...documents).map((bytes) => fromBpmn(bytes).model),
      arbitraryTopology().map((model) => fromBpmn(toBpmn(model)).model),
    );
    fc.assert(
      fc.property(source, edits, (original, list) => {
        let model = original;
        for (const [name, numbers] of list) {
          const edit = EDITS[name]!;
          if (model.nodes.length > 1)
            model = edit(model, (count) => (count === 0 ? 0 : Number(numbers.next().value) % count));
        }
        model = TopologySchema.parse(model);
        const xml = toBpmn(model);
        const read = fromBpmn(xml).model;
        if (!sameMeaning(read, model)) expect(meaning(read)).toEqual(meaning(model));
      }),
      { numRuns: 400 },
    );
  }, 120_000);
});
