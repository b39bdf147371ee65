// A document that is only looked at: which element stands for what.

import type { Connection, Node, TopologyModel } from '@sluice/topology';
import { fromBpmn } from '@sluice/topology/bpmn';
import type { Diagram, Services } from './canvas.ts';

export interface Drawn {
  readonly model: TopologyModel;
  elementOf(node: string): string | undefined;
  nodeOf(element: string): string | undefined;
  lineOf(connection: number): string | null | undefined;
  isPart(element: string): boolean;
  /** Elements of the nodes, and the lines between those that follow each other. */
  wayOf(steps: readonly string[]): { readonly elements: readonly string[]; readonly lines: readonly string[] };
}

export function describe(diagram: Diagram, text: string): Drawn {
  const { model, sources } = fromBpmn(text);
  const byElement = new Map<string, Node>();
  for (const node of model.nodes) {
    const element = sources.nodes.get(node.id)!;
    if (!byElement.has(element) || node.kind !== 'collect') byElement.set(element, node);
  }
  const lines = new Map<string, Connection>();
  for (const [at, connection] of model.connections.entries()) {
    const element = sources.connections[at];
    if (element != null) lines.set(element, connection);
  }
  const words = diagram.get('sluiceWords');
  words.nodes = byElement;
  words.lines = lines;
  for (const element of diagram.get('elementRegistry').filter(({ id }) => byElement.has(id) || lines.has(id)))
    diagram.get('eventBus').fire('element.changed', { element });
  return {
    model,
    elementOf: (node) => sources.nodes.get(node),
    nodeOf: (element) => byElement.get(element)?.id,
    lineOf: (connection) => sources.connections[connection],
    isPart: (element) => byElement.has(element) || lines.has(element),
    wayOf: (steps) => {
      const seen = new Set<string>();
      const way: string[] = [];
      for (const to of steps) {
        // A message that was split is at several nodes at once: what came before is any of those seen.
        const at = model.connections.findIndex((connection) => connection.to === to && seen.has(connection.from));
        const line = at < 0 ? null : sources.connections[at];
        if (line != null && !way.includes(line)) way.push(line);
        seen.add(to);
      }
      return { elements: [...seen].flatMap((node) => sources.nodes.get(node) ?? []), lines: way };
    },
  };
}

/**
 * Everything in view, with a margin, and not larger than life.
 * @param least  scale below which only the beginning is shown
 */
export function fitView(canvas: Services['canvas'], least = 0): void {
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (inner.width === 0 || outer.width === 0) return;
  const margin = 56;
  const fits = Math.min(1.15, outer.width / (inner.width + margin * 2), outer.height / (inner.height + margin * 2));
  const scale = Math.max(least, fits);
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({
    x: width < inner.width ? inner.x - margin : inner.x + inner.width / 2 - width / 2,
    y: height < inner.height ? inner.y - margin : inner.y + inner.height / 2 - height / 2,
    width,
    height,
  });
}
