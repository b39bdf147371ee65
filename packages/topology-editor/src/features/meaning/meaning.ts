// The model of what is drawn, kept in step element by element.
//
// Reading a picture of 500 steps as a whole takes long enough to be felt, so only what changed is read again
// (fragment.ts). Reading the whole at the end gives the same model; the tests compare.

import type { Connection, Node, TopologyModel } from '@sluice/topology';
import { fromBpmn } from '@sluice/topology/bpmn';
import { is, isFlowNode, type Moddle } from '../../view/diagram.ts';
import { fragmentOf, type Graph, graphOf } from './fragment.ts';

type Fields = Pick<TopologyModel, 'name'> & Readonly<Record<string, unknown>>;

export interface Meaning {
  readonly model: TopologyModel;
  /** Id of the element of each node, and of each connection in the order of the model; null for what has none. */
  readonly elementOf: ReadonlyMap<string, string>;
  readonly connectionElements: readonly (string | null)[];
}

export class MeaningKeeper {
  #fields: Fields = { name: 'process' };
  /** By the id of the element. */
  readonly #nodes = new Map<string, Node[]>();
  readonly #lines = new Map<string, Connection>();
  /** What an element has inside. */
  readonly #inner = new Map<string, Connection[]>();

  /** Read a document as a whole. */
  read(text: string, definitions: Moddle): Meaning {
    for (const map of [this.#nodes, this.#lines, this.#inner]) map.clear();
    this.#learn(text, null);
    return this.#assemble(graphOf(definitions));
  }

  /** Read again what changed; elements that are gone need not be named. */
  update(definitions: Moddle, changed: Iterable<Moddle>): Meaning {
    const graph = graphOf(definitions);
    const there = new Set([...graph.nodes, ...graph.lines]);
    const wanted = new Set<Moddle>();
    for (const element of changed) {
      const top = topLevel(element);
      if (!there.has(top)) continue;
      if (isFlowNode(top)) wanted.add(top);
      else for (const end of [top.sourceRef, top.targetRef]) if (end) wanted.add(end);
    }
    const { text, whole } = fragmentOf(definitions, graph, wanted);
    const ids = new Set<string>();
    for (const host of whole) {
      for (const { id } of [host, ...graph.eventsOf(host)]) {
        ids.add(id);
        this.#nodes.delete(id);
        this.#inner.delete(id);
      }
      for (const line of graph.linesOf(host)) if (graph.hostOf(line.sourceRef) === host) this.#lines.delete(line.id);
    }
    this.#learn(text, ids);
    return this.#assemble(graph);
  }

  /** @param whole  ids of the elements of which the text says everything; null = of all */
  #learn(text: string, whole: ReadonlySet<string> | null): void {
    const { model, sources } = fromBpmn(text);
    const { nodes, connections, layout: _, ...fields } = model;
    this.#fields = fields;
    for (const node of nodes) {
      const element = sources.nodes.get(node.id)!;
      if (whole === null || whole.has(element)) this.#nodes.set(element, [...(this.#nodes.get(element) ?? []), node]);
    }
    for (const [at, connection] of connections.entries()) {
      const line = sources.connections[at];
      const from = sources.nodes.get(connection.from)!;
      if (whole !== null && !whole.has(from)) continue;
      if (line != null) this.#lines.set(line, connection);
      else this.#inner.set(from, [...(this.#inner.get(from) ?? []), connection]);
    }
  }

  #assemble(graph: Graph): Meaning {
    const nodes: Node[] = [];
    const elementOf = new Map<string, string>();
    const connections: Connection[] = [];
    const connectionElements: (string | null)[] = [];
    for (const { id } of graph.nodes)
      for (const node of this.#nodes.get(id) ?? []) {
        nodes.push(node);
        elementOf.set(node.id, id);
      }
    for (const { id } of graph.lines) {
      const connection = this.#lines.get(id);
      if (!connection || !elementOf.has(connection.from) || !elementOf.has(connection.to)) continue;
      connections.push(connection);
      connectionElements.push(id);
    }
    for (const { id } of graph.nodes)
      for (const connection of this.#inner.get(id) ?? []) {
        connections.push(connection);
        connectionElements.push(null);
      }
    return { model: { ...this.#fields, nodes, connections }, elementOf, connectionElements };
  }
}

/** What is in a sub-process belongs, as a whole, to the sub-process. */
function topLevel(element: Moddle): Moddle {
  let top = element;
  while (top.$parent && !is(top.$parent, 'bpmn:Process')) top = top.$parent;
  return top;
}
