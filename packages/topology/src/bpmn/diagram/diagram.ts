// The picture of a document: shapes and edges of its first diagram.

import type { BpmnDocument } from '../document.ts';
import { BPMN, BPMNDI, DC, DI } from '../namespaces.ts';
import { inDefinitions } from '../write/order.ts';
import { create, insert } from '../xml/edit.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export class Diagram {
  readonly #document: BpmnDocument;
  readonly #bounds = new Map<string, Bounds>();
  readonly #shapes = new Map<string, XmlElement>();
  readonly #edges = new Set<string>();
  #plane: XmlElement | undefined;

  constructor(document: BpmnDocument) {
    this.#document = document;
    for (const diagram of document.definitions.elements(BPMNDI, 'BPMNDiagram'))
      for (const plane of diagram.elements(BPMNDI, 'BPMNPlane')) {
        this.#plane ??= plane;
        for (const child of plane.elements(BPMNDI)) this.#learn(child);
      }
  }

  get isEmpty(): boolean {
    return this.#shapes.size === 0;
  }

  boundsOf(element: XmlElement): Bounds | undefined {
    return this.#bounds.get(element.get('id') ?? '');
  }

  hasEdge(element: XmlElement): boolean {
    return this.#edges.has(element.get('id') ?? '');
  }

  get all(): Iterable<Bounds> {
    return this.#bounds.values();
  }

  addShape(element: XmlElement, bounds: Bounds, attributes: Readonly<Record<string, string>> = {}): void {
    const id = element.get('id')!;
    const shape = this.#add('BPMNShape', id, attributes);
    const box = create(shape, DC, 'Bounds', textOf(bounds));
    insert(shape, box);
    this.#shapes.set(id, shape);
    this.#bounds.set(id, bounds);
  }

  moveShape(element: XmlElement, bounds: Bounds): void {
    const id = element.get('id')!;
    const box = this.#shapes.get(id)?.first(DC, 'Bounds');
    for (const [name, value] of Object.entries(textOf(bounds))) box?.set(name, value);
    this.#bounds.set(id, bounds);
  }

  addEdge(element: XmlElement, points: readonly Point[]): void {
    const id = element.get('id')!;
    const edge = this.#add('BPMNEdge', id, {});
    for (const { x, y } of points) insert(edge, create(edge, DI, 'waypoint', { x: String(x), y: String(y) }));
    this.#edges.add(id);
  }

  #learn(child: XmlElement): void {
    const id = child.get('bpmnElement');
    if (id === undefined) return;
    const box = child.first(DC, 'Bounds');
    if (child.local === 'BPMNEdge') this.#edges.add(id);
    else if (box) {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(box.get(name)));
      this.#shapes.set(id, child);
      if ([x, y, width, height].every(Number.isFinite))
        this.#bounds.set(id, { x: x!, y: y!, width: width!, height: height! });
    }
  }

  #add(local: string, bpmnElement: string, attributes: Readonly<Record<string, string>>): XmlElement {
    const id = this.#document.freshId(`${bpmnElement}_di`);
    this.#plane ??= this.#addPlane();
    const element = create(this.#plane, BPMNDI, local, { id, bpmnElement, ...attributes });
    insert(this.#plane, element);
    this.#document.register(id, element);
    return element;
  }

  #addPlane(): XmlElement {
    const { definitions, processes } = this.#document;
    const whole = definitions.first(BPMN, 'collaboration') ?? processes[0]!;
    const diagram = create(definitions, BPMNDI, 'BPMNDiagram', { id: this.#document.freshId('diagram') });
    insert(definitions, diagram, inDefinitions);
    const plane = create(diagram, BPMNDI, 'BPMNPlane', {
      id: this.#document.freshId('plane'),
      bpmnElement: whole.get('id'),
    });
    insert(diagram, plane);
    return plane;
  }
}

const textOf = ({ x, y, width, height }: Bounds): Record<string, string> => ({
  x: String(x),
  y: String(y),
  width: String(width),
  height: String(height),
});
