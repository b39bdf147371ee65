// Where the platform would place everything, if nobody had placed anything.

import { fromBpmn, toBpmn } from '@sluice/topology/bpmn';
import type { Services } from './canvas.ts';
import type { Bounds, Moddle, Point } from './diagram.ts';

export interface Layout {
  readonly bounds: ReadonlyMap<string, Bounds>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
}

export async function layoutOf(bpmn: string, moddle: Services['moddle']): Promise<Layout> {
  const bare = bpmn.replace(/<(\w+:)?BPMNDiagram[\s>][\s\S]*<\/(\w+:)?BPMNDiagram>/, '');
  const { rootElement } = await moddle.fromXML(toBpmn(fromBpmn(bare).model));
  const bounds = new Map<string, Bounds>();
  const lines = new Map<string, readonly Point[]>();
  for (const diagram of (rootElement.diagrams ?? []) as Moddle[])
    for (const { $type, bpmnElement, bounds: box, waypoint } of (diagram.plane?.planeElement ?? []) as Moddle[]) {
      if (!bpmnElement) continue;
      if ($type === 'bpmndi:BPMNEdge')
        lines.set(
          bpmnElement.id,
          waypoint.map(({ x, y }: Point) => ({ x, y })),
        );
      else bounds.set(bpmnElement.id, { x: box.x, y: box.y, width: box.width, height: box.height });
    }
  return { bounds, lines };
}
