// What we use of the drawing library, as types: elements of the picture, and the BPMN element that each stands for.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds extends Point {
  readonly width: number;
  readonly height: number;
}

/** An element of BPMN in the library's tree. */
export interface Moddle {
  readonly $type: string;
  readonly $parent?: Moddle;
  readonly $descriptor: { readonly properties: readonly ModdleProperty[] };
  $instanceOf(type: string): boolean;
  id: string;
  name?: string;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  // Which members there are depends on the type.
  // biome-ignore lint/suspicious/noExplicitAny: the tree of the library is not typed
  [member: string]: any;
}

export interface ModdleProperty {
  readonly name: string;
  readonly ns: { readonly name: string; readonly localName: string; readonly prefix: string };
  readonly isReference?: boolean;
  readonly isMany?: boolean;
  readonly isVirtual?: boolean;
}

/** An element of the picture. */
export interface Shape extends Bounds {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Moddle;
  readonly parent: Shape | null;
  readonly children: Shape[];
  readonly incoming: Shape[];
  readonly outgoing: Shape[];
  readonly attachers: Shape[];
  readonly host?: Shape;
  readonly labelTarget?: Shape;
  readonly labels: Shape[];
  /** Of a connection. */
  readonly waypoints?: Point[];
  readonly source?: Shape;
  readonly target?: Shape;
}

export const is = (element: Moddle | undefined, type: string): boolean => element?.$instanceOf?.(type) ?? false;
export const isFlowNode = (element: Moddle | undefined): boolean => is(element, 'bpmn:FlowNode');
export const isConnection = (shape: Shape): boolean => shape.waypoints !== undefined;

/** Our extension of an element, as the library keeps what it has no description of. */
export function extensionOf(element: Moddle, local: 'node' | 'connection'): Moddle | undefined {
  const values = (element.extensionElements?.values ?? []) as Moddle[];
  return values.find((value) => value.$type === `sluice:${local}`);
}
