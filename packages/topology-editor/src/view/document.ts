// Documents before they are drawn: an empty one, and those that the drawing library would not keep whole.

import { fromBpmn, toBpmn } from '@sluice/topology/bpmn';
import type { Services } from './canvas.ts';

/** A process without a step, with a diagram to draw it in. */
export function blankDocument(name: string): string {
  const text = toBpmn({ name, nodes: [], connections: [] });
  if (text.includes('BPMNDiagram')) return text;
  const id = /<bpmn:process id="([^"]+)"/.exec(text)![1];
  const diagram = `  <bpmndi:BPMNDiagram id="diagram">\n    <bpmndi:BPMNPlane id="plane" bpmnElement="${id}"/>\n  </bpmndi:BPMNDiagram>\n`;
  return text.replace('</bpmn:definitions>', `${diagram}</bpmn:definitions>`);
}

/**
 * The document as it can be drawn without loss: one without a diagram is laid out, and one with elements that are not of
 * the standard is written anew from its meaning.
 * @throws SluiceError `bpmn.*` when it cannot be read
 */
export async function drawable(bpmn: string, moddle: Services['moddle']): Promise<string> {
  const { model } = fromBpmn(bpmn);
  const placed = toBpmn(model);
  const { warnings } = await moddle.fromXML(placed).catch(() => ({ warnings: [{ message: 'unparsable' }] }));
  if (!warnings.some(({ message }) => /^unparsable|unknown|unrecognized/i.test(message))) {
    if (/BPMNPlane/.test(placed)) return placed;
    return blankDocument(model.name);
  }
  const { layout, ...meaning } = model;
  const { positions } = (layout ?? {}) as { positions?: unknown };
  return toBpmn(positions === undefined ? meaning : { ...meaning, layout: { positions } });
}
