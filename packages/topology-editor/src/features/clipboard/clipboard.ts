// Copying is writing a document of the selected part; pasting is patching it in. So a part goes from tab to tab, and into
// any tool that reads BPMN, with everything it says.

import type { Patch, Place } from '../../commands/patch.ts';
import { type Bounds, is, type Moddle, type Shape } from '../../view/diagram.ts';
import { documentOf, graphOf } from '../meaning/fragment.ts';

interface Parser {
  fromXML(xml: string): Promise<{ rootElement: Moddle }>;
}

export function copyText(definitions: Moddle, selected: readonly Shape[]): string | null {
  const graph = graphOf(definitions);
  const chosen = new Set(selected.map(({ businessObject }) => businessObject));
  const nodes = new Set(graph.nodes.filter((node) => chosen.has(graph.hostOf(node))));
  if (nodes.size === 0) return null;
  const lines = graph.lines.filter(({ sourceRef, targetRef }) => nodes.has(sourceRef) && nodes.has(targetRef));
  const elements = [...nodes, ...lines];
  const shown = new Set(elements);
  const diagrams = (definitions.diagrams ?? []) as Moddle[];
  const places = diagrams.flatMap(({ plane }) =>
    ((plane?.planeElement ?? []) as Moddle[]).filter(({ bpmnElement }) => shown.has(bpmnElement)),
  );
  return documentOf(definitions, graph.main, elements, places);
}

/** What pasting a text means; null when it is no document of BPMN. */
export async function pasteParts(text: string, moddle: Parser, view: Bounds): Promise<Patch | null> {
  if (!/^\s*(<\?xml[^>]*\?>\s*)?<(\w+:)?definitions[\s>]/.test(text)) return null;
  const after = await parsed(text, moddle);
  if (!after) return null;
  const process = ((after.rootElements ?? []) as Moddle[]).find((root) => is(root, 'bpmn:Process'));
  if (!process) return null;
  for (const element of (process.flowElements ?? []) as Moddle[]) forgetName(element);
  // What is said of the whole is not pasted.
  const before = after;
  return { scope: new Set(), before, after, places: placesOf(after, view), copies: true };
}

async function parsed(text: string, moddle: Parser): Promise<Moddle | null> {
  try {
    return (await moddle.fromXML(text)).rootElement;
  } catch {
    // Text that only looks like a document is not for us.
    return null;
  }
}

/** A copy is called by a name of its own, so it does not insist on that of the original. */
function forgetName(element: Moddle): void {
  for (const value of (element.extensionElements?.values ?? []) as Moddle[])
    if (value.$type === 'sluice:node') value.set('id', undefined);
}

/** A little beside where the parts were, or in the middle of the view when that is elsewhere. */
function placesOf(after: Moddle, view: Bounds): Map<string, Place> {
  const boxes: [string, Bounds][] = [];
  for (const { plane } of (after.diagrams ?? []) as Moddle[])
    for (const { bpmnElement, bounds } of (plane?.planeElement ?? []) as Moddle[])
      if (bpmnElement && bounds)
        boxes.push([bpmnElement.id, { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }]);
  if (boxes.length === 0) return new Map();
  const left = Math.min(...boxes.map(([, { x }]) => x));
  const top = Math.min(...boxes.map(([, { y }]) => y));
  const right = Math.max(...boxes.map(([, { x, width }]) => x + width));
  const bottom = Math.max(...boxes.map(([, { y, height }]) => y + height));
  const seen = left >= view.x && top >= view.y && right <= view.x + view.width && bottom <= view.y + view.height;
  const shift = seen
    ? { x: 40, y: bottom - top + 50 }
    : { x: view.x + view.width / 2 - (left + right) / 2, y: view.y + view.height / 2 - (top + bottom) / 2 };
  return new Map(
    boxes.map(([id, { x, y, width, height }]) => [
      id,
      { x: Math.round(x + shift.x + width / 2), y: Math.round(y + shift.y + height / 2), width, height },
    ]),
  );
}
