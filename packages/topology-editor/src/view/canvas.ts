// The drawing library, set up: which of its parts are used, and ours among them.

import BpmnModeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import minimapModule from 'diagram-js-minimap';
import { ArrangeHandler } from '../commands/arrange.ts';
import { AssignHandler } from '../commands/assign.ts';
import { PatchHandler } from '../commands/patch.ts';
import { ReorderHandler } from '../commands/reorder.ts';
import { DropMarks } from '../features/behave/drop-marks.ts';
import { Ends } from '../features/behave/ends.ts';
import { KeepSelected } from '../features/behave/keep-selected.ts';
import { SluiceRules } from '../features/behave/rules.ts';
import { SluiceElementFactory } from '../features/behave/sizes.ts';
import { Keys } from '../features/keys/keys.ts';
import { SluiceGraphicsFactory } from '../features/look/graphics.ts';
import { SluiceRenderer, Words } from '../features/look/renderer.ts';
import { learnFont } from '../features/look/svg.ts';
import { Pad } from '../features/pad/pad.ts';
import type { Bounds, Moddle, Point, Shape } from './diagram.ts';

/** What of the library the editor speaks to. */
export interface Services {
  readonly eventBus: {
    // biome-ignore lint/suspicious/noExplicitAny: each event carries its own
    on(event: string | string[], listener: (event: any) => void): void;
    fire(event: string, payload?: object): void;
  };
  readonly canvas: {
    getRootElement(): Shape;
    getContainer(): HTMLElement;
    zoom(level?: number | 'fit-viewport', center?: Point | 'auto'): number;
    viewbox(box?: Bounds): Bounds & { readonly scale: number; readonly inner: Bounds; readonly outer: Bounds };
    scrollToElement(element: Shape | string, padding?: number): void;
    addMarker(element: Shape | string, marker: string): void;
    removeMarker(element: Shape | string, marker: string): void;
    getGraphics(element: Shape | string): SVGElement;
    focus(): void;
    resized(): void;
  };
  readonly elementRegistry: {
    get(id: string): Shape | undefined;
    getAll(): Shape[];
    filter(test: (shape: Shape) => boolean): Shape[];
  };
  readonly selection: { get(): Shape[]; select(elements: Shape | Shape[] | null): void };
  readonly overlays: {
    add(element: Shape | string, type: string, overlay: object): string;
    get(id: string): object | undefined;
    remove(filter: string | object): void;
  };
  readonly commandStack: {
    execute(command: string, context: object): void;
    registerHandler(command: string, handler: unknown): void;
    undo(): void;
    redo(): void;
    canUndo(): boolean;
    canRedo(): boolean;
    clear(emit?: boolean): void;
  };
  readonly modeling: {
    removeElements(elements: Shape[]): void;
    createShape(shape: Shape, position: Point | Bounds, parent: Shape, hints?: object): Shape;
    connect(source: Shape, target: Shape, attributes?: object): Shape;
    updateProperties(element: Shape, properties: object): void;
    moveElements(elements: Shape[], delta: Point, target?: Shape, hints?: object): void;
  };
  readonly elementFactory: { create(type: string, attributes: object): Shape };
  readonly bpmnFactory: { create(type: string, members: object): Moddle };
  readonly create: { start(event: Event, shape: Shape | Shape[], hints?: object): void };
  readonly connect: { start(event: Event | null, source: Shape): void };
  readonly dragging: { cancel(): void };
  readonly alignElements: { trigger(elements: Shape[], kind: string): void };
  readonly distributeElements: { trigger(elements: Shape[], axis: 'horizontal' | 'vertical'): void };
  readonly spaceTool: { toggle(): void };
  readonly lassoTool: { toggle(): void };
  readonly handTool: { toggle(): void };
  readonly globalConnect: { toggle(): void };
  readonly minimap: { open(): void; close(): void; toggle(): void; isOpen(): boolean };
  readonly directEditing: { isActive(): boolean; activate(element: Shape): void; complete(): void };
  readonly moddle: { fromXML(xml: string): Promise<{ rootElement: Moddle; warnings: readonly { message: string }[] }> };
  readonly sluiceWords: Words;
  readonly sluicePad: Pad;
  readonly sluiceKeys: Keys;
}

export interface Diagram {
  get<K extends keyof Services>(service: K): Services[K];
  importXML(xml: string): Promise<{ warnings: readonly { message: string }[] }>;
  saveXML(options?: { format?: boolean }): Promise<{ xml?: string }>;
  getDefinitions(): Moddle;
  destroy(): void;
}

const look = {
  __init__: ['sluiceRenderer'],
  graphicsFactory: ['type', SluiceGraphicsFactory],
  sluiceWords: ['type', Words],
  sluiceRenderer: ['type', SluiceRenderer],
};

class Commands {
  static $inject = ['commandStack'];
  constructor(commandStack: Services['commandStack']) {
    commandStack.registerHandler('sluice.patch', PatchHandler);
    commandStack.registerHandler('sluice.assign', AssignHandler);
    commandStack.registerHandler('sluice.reorder', ReorderHandler);
    commandStack.registerHandler('sluice.arrange', ArrangeHandler);
  }
}

const modelling = {
  __init__: ['sluiceCommands', 'sluiceDropMarks', 'sluiceRules', 'sluiceEnds', 'sluiceKeepSelected', 'sluiceKeys'],
  sluiceCommands: ['type', Commands],
  sluiceDropMarks: ['type', DropMarks],
  sluiceRules: ['type', SluiceRules],
  sluiceEnds: ['type', Ends],
  sluiceKeepSelected: ['type', KeepSelected],
  sluiceKeys: ['type', Keys],
  sluicePad: ['type', Pad],
  elementFactory: ['type', SluiceElementFactory],
  // The pad beside a step is ours; the palette is a panel of its own.
  contextPadProvider: ['type', Pad],
  paletteProvider: ['value', null],
  // Aligning is in the bar; signs of the library have inline styles, which the policy of a page refuses.
  alignElementsContextPadProvider: ['value', null],
};

const lookIn = (container: HTMLElement) => {
  const fontFamily = learnFont(container);
  return {
    bpmnRenderer: {
      defaultFillColor: 'var(--sl-card)',
      defaultStrokeColor: 'var(--sl-muted)',
      defaultLabelColor: 'var(--sl-text)',
    },
    textRenderer: {
      defaultStyle: { fontFamily, fontSize: 12, fontWeight: 500, lineHeight: 1.3 },
      externalStyle: { fontFamily, fontSize: 11, fontWeight: 500 },
    },
  };
};

export function openModeler(container: HTMLElement): Diagram {
  return new BpmnModeler({
    container,
    ...lookIn(container),
    additionalModules: [look, modelling, minimapModule],
  }) as unknown as Diagram;
}

export function openViewer(container: HTMLElement): Diagram {
  return new NavigatedViewer({
    container,
    ...lookIn(container),
    additionalModules: [look, minimapModule],
  }) as unknown as Diagram;
}
