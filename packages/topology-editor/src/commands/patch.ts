// Make the picture mean what a document says, in one step that can be undone.
//
// The document is a part of the picture with a change in it, written by @sluice/topology. Elements are found by their
// ids: what is no longer there is removed, what is of another type is replaced, what says something else is told so,
// what is new is drawn beside what leads to it. So the editor itself never writes BPMN.

import { getNewShapePosition } from 'bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil';
import { xmlOf } from '../features/meaning/fragment.ts';
import { freshId } from '../model/names.ts';
import { extensionOf, is, isConnection, type Moddle, type Point, type Shape } from '../view/diagram.ts';
import { adoptRoots, detach, ownMembers, redirect } from './adopt.ts';
import { reordered } from './reorder.ts';

/** The centre of a new shape, and its size when that is not the usual one. */
export interface Place extends Point {
  readonly width?: number;
  readonly height?: number;
}

export interface Patch {
  /** Ids of the elements that the document is about. */
  readonly scope: ReadonlySet<string>;
  /** The document as it was, and as it is to be. */
  readonly before: Moddle;
  readonly after: Moddle;
  /** Where new elements sit, by their id. */
  readonly places?: ReadonlyMap<string, Place> | undefined;
  /** New nodes are copies, so they are called by what their elements are called here. */
  readonly copies?: boolean;
}

interface Services {
  readonly modeling: {
    createShape(shape: Shape, position: Point, parent: Shape, hints?: object): Shape;
    connect(source: Shape, target: Shape, attributes: object, hints?: object): Shape;
    removeElements(elements: Shape[]): void;
    replaceShape(old: Shape, data: Shape, hints?: object): Shape;
    updateProperties(element: Shape, properties: object): void;
  };
  readonly elementFactory: { create(type: string, attributes: object): Shape };
  readonly elementRegistry: { get(id: string): Shape | undefined; filter(test: (shape: Shape) => boolean): Shape[] };
  readonly canvas: { getRootElement(): Shape };
  readonly bpmnjs: { getDefinitions(): Moddle };
  readonly commandStack: { execute(command: string, context: object): void };
  readonly sluiceEnds: { leave(work: () => void): void };
}

export class PatchHandler {
  static $inject = ['modeling', 'elementFactory', 'elementRegistry', 'canvas', 'bpmnjs', 'commandStack', 'sluiceEnds'];
  readonly #services: Services;

  constructor(
    modeling: Services['modeling'],
    elementFactory: Services['elementFactory'],
    elementRegistry: Services['elementRegistry'],
    canvas: Services['canvas'],
    bpmnjs: Services['bpmnjs'],
    commandStack: Services['commandStack'],
    sluiceEnds: Services['sluiceEnds'],
  ) {
    this.#services = { modeling, elementFactory, elementRegistry, canvas, bpmnjs, commandStack, sluiceEnds };
  }

  preExecute({ scope, before, after, places, copies = false }: Patch): void {
    const patching = new Patching(this.#services, places, copies);
    this.#services.sluiceEnds.leave(() => patching.run(scope, before, after));
  }

  execute(): readonly never[] {
    return [];
  }

  revert(): readonly never[] {
    return [];
  }
}

class Patching {
  readonly #services: Services;
  readonly #places: ReadonlyMap<string, Place> | undefined;
  readonly #copies: boolean;
  /** What elements of the document are called here, where their id was taken. */
  readonly #renamed = new Map<string, string>();

  constructor(services: Services, places: ReadonlyMap<string, Place> | undefined, copies: boolean) {
    this.#services = services;
    this.#copies = copies;
    this.#places = places;
  }

  run(scope: ReadonlySet<string>, before: Moddle, after: Moddle): void {
    const { bpmnjs, modeling } = this.#services;
    const definitions = bpmnjs.getDefinitions();
    adoptRoots(definitions, after);
    const was = elementsOf(before);
    const wanted = elementsOf(after);
    const order = [...wanted.values()].filter((element) => is(element, 'bpmn:SequenceFlow'));
    const joints = new Map([...wanted].map(([id, element]) => [id, jointsOf(element)]));
    const gone = [...scope].flatMap((id) => (wanted.has(id) ? [] : (this.#shape(id) ?? [])));
    if (gone.length > 0) modeling.removeElements(gone);
    const told: [Moddle, Moddle][] = [];
    for (const [id, element] of wanted) {
      const here = scope.has(id) ? this.#shape(id) : undefined;
      if (!here || is(element, 'bpmn:BoundaryEvent') || joints.get(id)!.line) continue;
      if (here.businessObject.$type !== element.$type) this.#replace(here, element);
      else if (xmlOf(was.get(id)!) !== xmlOf(element)) told.push([here.businessObject, element]);
    }
    for (const [id, element] of wanted)
      if (!(scope.has(id) && this.#shape(id)) && !joints.get(id)!.line && !is(element, 'bpmn:BoundaryEvent'))
        this.#add(element, joints, wanted);
    for (const [id, element] of wanted) {
      if (!is(element, 'bpmn:BoundaryEvent')) continue;
      const here = scope.has(id) ? this.#shape(id) : undefined;
      if (!here) this.#attach(element, joints.get(id)!.host!);
      else if (xmlOf(was.get(id)!) !== xmlOf(element)) told.push([here.businessObject, element]);
    }
    for (const [id, element] of wanted) {
      if (!joints.get(id)!.line) continue;
      const here = scope.has(id) ? this.#shape(id) : undefined;
      if (!here) this.#join(element, joints.get(id)!);
      else if (xmlOf(was.get(id)!) !== xmlOf(element)) told.push([here.businessObject, element]);
    }
    // Last, because a gateway may refer to a line that has only now been drawn.
    for (const [here, element] of told) this.#tell(here, element);
    this.#tellOfWhole(before, after);
    this.#order(order);
  }

  #shape(id: string): Shape | undefined {
    return this.#services.elementRegistry.get(this.#renamed.get(id) ?? id);
  }

  #here(id: string): Moddle | undefined {
    const shape = this.#shape(id)?.businessObject;
    if (shape) return shape;
    const roots = this.#services.bpmnjs.getDefinitions().rootElements as Moddle[];
    return roots.find((root) => root.id === id);
  }

  #tell(here: Moddle, element: Moddle): void {
    redirect(element, (id) => this.#here(id));
    const members: Record<string, unknown> = {};
    for (const { name, isReference } of ownMembers(element)) {
      const value = element.get(name);
      if (!isReference) for (const each of [value].flat()) if (isModdle(each)) setParent(each, here);
      members[name] = Array.isArray(value) ? [...value] : value;
    }
    const shape = this.#services.elementRegistry.get(here.id);
    this.#services.commandStack.execute('sluice.assign', {
      element: here,
      members,
      shapes: shape ? [shape, ...shape.labels] : [],
    });
  }

  #tellOfWhole(before: Moddle, after: Moddle): void {
    const [was, is_] = [processOf(before), processOf(after)];
    const main = (this.#services.bpmnjs.getDefinitions().rootElements as Moddle[]).find(({ id }) => id === was.id);
    const said = (process: Moddle): string =>
      [
        process.name ?? '',
        ...[...(process.documentation ?? []), process.extensionElements].filter(Boolean).map(xmlOf),
      ].join('\n');
    if (!main || said(was) === said(is_)) return;
    for (const each of [...(is_.documentation ?? []), is_.extensionElements]) if (each) setParent(each, main);
    this.#services.commandStack.execute('sluice.assign', {
      element: main,
      members: { name: is_.name, documentation: is_.documentation, extensionElements: is_.extensionElements },
      shapes: [],
    });
  }

  #replace(old: Shape, element: Moddle): void {
    const { modeling, elementFactory } = this.#services;
    // Two elements cannot have one id while the one takes the place of the other.
    const { id } = element;
    element.id = this.#free(`${id}-next`);
    redirect(detach(element), (reference) => this.#here(reference));
    const shape = elementFactory.create('shape', { type: element.$type, businessObject: element });
    // The library takes the place of a replacement as its centre.
    const centre = { x: old.x + old.width / 2, y: old.y + old.height / 2 };
    const fresh = modeling.replaceShape(old, Object.assign(shape, centre), {});
    if (fresh.id !== id) modeling.updateProperties(fresh, { id });
  }

  #add(element: Moddle, joints: ReadonlyMap<string, Joints>, wanted: ReadonlyMap<string, Moddle>): void {
    const { modeling, elementFactory } = this.#services;
    const id = element.id;
    const leading = [...joints.values()].find(({ target, line }) => line && target === id);
    const source = leading?.source === undefined ? undefined : this.#sourceOf(leading.source, wanted);
    this.#name(element);
    redirect(detach(element), (reference) => this.#here(reference));
    const place = this.#places?.get(id);
    const shape = elementFactory.create('shape', { type: element.$type, businessObject: element, ...sizeOf(place) });
    const position = place
      ? { x: place.x, y: place.y }
      : source
        ? getNewShapePosition(source as never, shape as never, this.#services.elementRegistry as never)
        : this.#below(shape);
    modeling.createShape(shape, position, this.#home(source));
  }

  /** Where a line begins: a step, or the step at whose border the event sits that it begins at. */
  #sourceOf(id: string, wanted: ReadonlyMap<string, Moddle>): Shape | undefined {
    const event = wanted.get(id);
    return this.#shape(is(event, 'bpmn:BoundaryEvent') ? (event!.attachedToRef?.id ?? id) : id);
  }

  #attach(event: Moddle, hostId: string): void {
    const { modeling, elementFactory } = this.#services;
    const { id } = event;
    const host = this.#shape(hostId);
    if (!host) return;
    this.#name(event);
    redirect(detach(event), (reference) => this.#here(reference));
    const place = this.#places?.get(id);
    const shape = elementFactory.create('shape', { type: event.$type, businessObject: event });
    const x = host.x + host.width - 24 - ((host.attachers.length * 44) % Math.max(44, host.width - 24));
    modeling.createShape(shape, place ? { x: place.x, y: place.y } : { x, y: host.y + host.height }, host, {
      attach: true,
    });
  }

  #join(line: Moddle, { source, target }: Joints): void {
    const [from, to] = [this.#shape(source!), this.#shape(target!)];
    if (!from || !to) return;
    this.#name(line);
    redirect(detach(line), (reference) => this.#here(reference));
    this.#services.modeling.connect(from, to, { type: line.$type, businessObject: line });
  }

  /** Call an element what nothing else here is called. */
  #name(element: Moddle): void {
    const { id } = element;
    if (!this.#services.elementRegistry.get(id)) return;
    const other = this.#free(id);
    this.#renamed.set(id, other);
    const extension = extensionOf(element, 'node');
    if (extension && extension.id === undefined && !this.#copies) extension.id = id;
    element.id = other;
  }

  #free(id: string): string {
    return freshId(id, (name) => this.#services.elementRegistry.get(name) !== undefined);
  }

  #home(source: Shape | undefined): Shape {
    if (source?.parent) return source.parent;
    const root = this.#services.canvas.getRootElement();
    if (!is(root.businessObject, 'bpmn:Collaboration')) return root;
    return root.children.find((child) => is(child.businessObject, 'bpmn:Participant')) ?? root;
  }

  #below(shape: Shape): Point {
    const root = this.#services.canvas.getRootElement();
    const others = root.children.filter((child) => !isConnection(child));
    if (others.length === 0) return { x: 200, y: 160 };
    const left = Math.min(...others.map(({ x }) => x));
    const bottom = Math.max(...others.map(({ y, height }) => y + height));
    return { x: left + shape.width / 2, y: bottom + 60 + shape.height / 2 };
  }

  #order(wanted: readonly Moddle[]): void {
    const byContainer = new Map<Moddle, Moddle[]>();
    for (const { id } of wanted) {
      const flow = this.#here(id);
      if (!flow?.$parent) continue;
      byContainer.set(flow.$parent, [...(byContainer.get(flow.$parent) ?? []), flow]);
    }
    for (const [container, flows] of byContainer) {
      const order = reordered(container.flowElements as Moddle[], flows);
      if (order) this.#services.commandStack.execute('sluice.reorder', { container, order });
    }
  }
}

const sizeOf = (place: Place | undefined): { width?: number; height?: number } =>
  place?.width && place.height ? { width: place.width, height: place.height } : {};

interface Joints {
  readonly line: boolean;
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  readonly host?: string | undefined;
}

/** Said once, before elements are taken out of their document. */
function jointsOf(element: Moddle): Joints {
  if (is(element, 'bpmn:SequenceFlow') || is(element, 'bpmn:Association'))
    return { line: true, source: element.sourceRef?.id, target: element.targetRef?.id };
  return { line: false, host: element.attachedToRef?.id };
}

const isModdle = (value: unknown): value is Moddle => typeof (value as Moddle | undefined)?.$type === 'string';
const setParent = (element: Moddle, parent: Moddle): void => {
  (element as { $parent?: Moddle }).$parent = parent;
};
const processOf = (definitions: Moddle): Moddle =>
  (definitions.rootElements as Moddle[]).find((root) => is(root, 'bpmn:Process'))!;

function elementsOf(definitions: Moddle): Map<string, Moddle> {
  const { flowElements = [], artifacts = [] } = processOf(definitions);
  return new Map([...flowElements, ...artifacts].map((element: Moddle) => [element.id, element]));
}
