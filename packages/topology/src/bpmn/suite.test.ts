import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import { fromBpmn, sameMeaning, toBpmn } from '../bpmn.ts';
import { type TopologyModel, validate } from '../index.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'bpmn');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.bpmn'));
const read = (file: string): Buffer => readFileSync(join(FOLDER, file));
/** Elements that carry execution, as moddle finds them; what lies inside of a sub-process belongs to it. */
const FLOW_NODE = /Task$|Gateway$|Event$|^bpmn:(CallActivity|SubProcess|AdHocSubProcess|Transaction)$/;
const meaning = ({ layout: _, ...rest }: TopologyModel): TopologyModel => rest as TopologyModel;

interface Moddle {
  readonly $type: string;
  readonly id: string;
  readonly flowElements?: readonly Moddle[];
  readonly rootElements?: readonly Moddle[];
}

describe('the public interchange suite', () => {
  test('is here whole', () => expect(FILES).toHaveLength(10));

  test.each(FILES)('B19: %s imports, and goes out byte for byte', (file) => {
    const { model } = fromBpmn(read(file));
    expect(model.nodes.length).toBeGreaterThan(0);
    // Only the word about the encoding differs where the file was not UTF-8: what goes out is.
    const utf8 = read(file).toString('utf8').replace('encoding="ISO-8859-1"', 'encoding="UTF-8"');
    expect(toBpmn(model)).toBe(utf8);
  });

  test.each(FILES)(
    'B19: of %s every element that carries execution is a node, a connection, or named',
    async (file) => {
      const { model, problems } = fromBpmn(read(file));
      const { rootElement } = await new BpmnModdle().fromXML(read(file).toString('utf8'));
      const processes = (rootElement as Moddle).rootElements!.filter(({ $type }) => $type === 'bpmn:Process');
      const elements = processes.flatMap(({ flowElements = [] }) => flowElements);
      const ids = new Set(model.nodes.map(({ id }) => id));
      const text = JSON.stringify(model.layout);
      for (const { id, $type } of elements.filter((element) => FLOW_NODE.test(element.$type))) {
        expect(text).toContain(id);
        // An end that does nothing is no node; a boundary event that runs is a connection.
        if (!ids.has(id)) expect(['bpmn:EndEvent', 'bpmn:BoundaryEvent']).toContain($type);
      }
      const marked = model.nodes.filter(({ notRunnable }) => notRunnable !== undefined);
      for (const { id, notRunnable } of marked)
        expect(problems).toContainEqual({
          code: 'node.not_runnable',
          path: `nodes.${id}`,
          message: expect.stringContaining(notRunnable!),
        });
      expect(validate(model)).toEqual(problems);
    },
  );

  test('B19: what cannot run is named with its element and the reason', () => {
    const reasons = (file: string): string[] =>
      fromBpmn(read(file))
        .problems.filter(({ code }) => code.endsWith('.not_runnable'))
        .map(({ message }) => message);
    expect(reasons('A.3.0.bpmn').join('\n')).toMatch(
      /Boundary Intermediate Event Non-Interrupting Message.*cannot run/,
    );
    expect(reasons('A.2.0.bpmn')).toEqual([]);
    expect(reasons('C.1.0.bpmn').join('\n')).toContain('JSONata');
    expect(reasons('B.2.0.bpmn').length).toBeGreaterThan(20);
  });

  test.each(FILES)('of %s the meaning alone makes a new document with the same meaning', (file) => {
    const bare = meaning(fromBpmn(read(file)).model);
    expect(sameMeaning(fromBpmn(toBpmn(bare)).model, bare)).toBe(true);
  });

  test.each(FILES)('B19: %s saved by another tool after our export is the same model', async (file) => {
    const { model } = fromBpmn(read(file));
    const moddle = new BpmnModdle();
    const { rootElement } = await moddle.fromXML(toBpmn(model));
    const { xml } = await moddle.toXML(rootElement, { format: true });
    expect(sameMeaning(fromBpmn(xml).model, model)).toBe(true);
  });

  test.each(FILES)('of %s an edit changes what it means to, and no other line', (file) => {
    const { model } = fromBpmn(read(file));
    const [first, ...rest] = model.nodes;
    const edited = { ...model, nodes: [{ ...first!, settings: { ...first!.settings, prefetch: 3 } }, ...rest] };
    const before = toBpmn(model).split('\n');
    const after = toBpmn(edited).split('\n');
    expect(sameMeaning(fromBpmn(after.join('\n')).model, edited)).toBe(true);
    const kept = new Set(after);
    // The line of the root may get our namespace, that of the element its extension.
    expect(before.filter((line) => !kept.has(line)).length).toBeLessThanOrEqual(2);
  });
});
