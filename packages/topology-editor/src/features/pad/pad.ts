// The pad beside what is selected: what can be done next with it.

import { WORKER_KINDS } from '@sluice/topology';
import { is, isConnection, type Shape } from '../../view/diagram.ts';
import type { Words } from '../look/renderer.ts';

export type MenuMode = 'append' | 'replace' | 'on-error' | 'on-timer' | 'insert';

interface Entry {
  readonly group: string;
  readonly title: string;
  readonly html: string;
  readonly action: Readonly<Record<string, (event: Event, target: Shape | Shape[]) => void>>;
}

interface ContextPad {
  registerProvider(priority: number, provider: unknown): void;
}
interface EventBus {
  fire(event: string, payload: object): void;
  on(event: string, listener: (event: { readonly current: { readonly target: Shape | Shape[] } }) => void): void;
}
interface Canvas {
  viewbox(): { readonly x: number; readonly width: number; readonly scale: number };
  scroll(by: { readonly dx: number; readonly dy: number }): void;
}
interface Modeling {
  removeElements(elements: Shape[]): void;
}
interface Connect {
  start(event: Event, source: Shape): void;
}
interface Create {
  start(event: Event, shape: Shape, hints: object): void;
}
interface ElementFactory {
  createShape(attributes: object): Shape;
}
interface AutoPlace {
  append(source: Shape, shape: Shape): void;
}

/** What the pad needs to the right of a step, in pixels. */
const ROOM = 100;

const SIGNS = {
  append: 'M12 5v14 M5 12h14',
  connect: 'M4 12h14 M13 6.5l5.5 5.5-5.5 5.5',
  error: 'M12 4L2.8 19.6h18.4z M12 10v4.4 M12 17v.4',
  timer: 'M12 4a8.2 8.2 0 1 0 0 16.4A8.2 8.2 0 0 0 12 4z M12 8v4.4l3 1.8',
  replace: 'M4 9.5h13 M13.5 6l3.5 3.5 M20 14.5H7 M10.5 18L7 14.5',
  note: 'M5 4.5h14v9.5l-5 5.5H5z M14 19.5V14h5',
  run: 'M8 5.2v13.6l10.6-6.8z',
  remove: 'M5 7h14 M10 7V4.8h4V7 M7 7l.8 12.4h8.4L17 7 M10.4 10.5v5.6 M13.6 10.5v5.6',
} as const;

const button = (sign: keyof typeof SIGNS): string =>
  `<div class="entry sl-pad-${sign}" draggable="true"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[sign]}"/></svg></div>`;

export class Pad {
  static $inject = [
    'contextPad',
    'eventBus',
    'modeling',
    'connect',
    'create',
    'elementFactory',
    'autoPlace',
    'sluiceWords',
    'canvas',
  ];
  readonly #eventBus: EventBus;
  readonly #modeling: Modeling;
  readonly #connect: Connect;
  readonly #create: Create;
  readonly #elementFactory: ElementFactory;
  readonly #autoPlace: AutoPlace;
  readonly #words: Words;

  constructor(
    contextPad: ContextPad,
    eventBus: EventBus,
    modeling: Modeling,
    connect: Connect,
    create: Create,
    elementFactory: ElementFactory,
    autoPlace: AutoPlace,
    sluiceWords: Words,
    canvas: Canvas,
  ) {
    this.#eventBus = eventBus;
    this.#modeling = modeling;
    this.#connect = connect;
    this.#create = create;
    this.#elementFactory = elementFactory;
    this.#autoPlace = autoPlace;
    this.#words = sluiceWords;
    contextPad.registerProvider(1_000, this);
    eventBus.on('contextPad.open', ({ current: { target } }) => {
      if (Array.isArray(target) || isConnection(target)) return;
      const { x, width, scale } = canvas.viewbox();
      const missing = (target.x + target.width - x - width) * scale + ROOM;
      if (missing > 0) canvas.scroll({ dx: -missing, dy: 0 });
    });
  }

  getMultiElementContextPadEntries(elements: Shape[]): Record<string, Entry> {
    return { remove: this.#removal(elements) };
  }

  getContextPadEntries(element: Shape): Record<string, Entry> {
    const entries: Record<string, Entry> = {};
    const thing = element.businessObject;
    const menu = (group: string, sign: keyof typeof SIGNS, title: string, mode: MenuMode): Entry => ({
      group,
      title,
      html: button(sign),
      action: { click: (event) => this.#eventBus.fire('sluice.menu', { element, mode, event }) },
    });
    if (isConnection(element)) {
      if (is(thing, 'bpmn:SequenceFlow')) entries.insert = menu('model', 'append', 'Insert a step here', 'insert');
      return { ...entries, remove: this.#removal([element]) };
    }
    if (element.labelTarget) return {};
    if (is(thing, 'bpmn:FlowNode')) {
      const node = this.#words.nodeOf(thing);
      if (!is(thing, 'bpmn:BoundaryEvent')) entries.append = menu('model', 'append', 'Append a step (A)', 'append');
      entries.connect = this.#connection(element);
      if (is(thing, 'bpmn:Activity')) {
        entries.error = menu('paths', 'error', 'What happens on an error', 'on-error');
        if (node && (WORKER_KINDS.has(node.kind) || node.kind === 'user-task' || node.kind === 'call'))
          entries.timer = menu('paths', 'timer', 'What happens when it takes too long', 'on-timer');
      }
      if (!is(thing, 'bpmn:BoundaryEvent')) entries.replace = menu('edit', 'replace', 'Change its kind (R)', 'replace');
    }
    if (!is(thing, 'bpmn:TextAnnotation')) entries.note = this.#note(element);
    entries.remove = this.#removal([element]);
    return entries;
  }

  #connection(element: Shape): Entry {
    const start = (event: Event): void => this.#connect.start(event, element);
    return { group: 'model', title: 'Connect', html: button('connect'), action: { click: start, dragstart: start } };
  }

  #note(element: Shape): Entry {
    const shape = (): Shape => this.#elementFactory.createShape({ type: 'bpmn:TextAnnotation' });
    return {
      group: 'edit',
      title: 'Write a note',
      html: button('note'),
      action: {
        click: () => this.#autoPlace.append(element, shape()),
        dragstart: (event) => this.#create.start(event, shape(), { source: element }),
      },
    };
  }

  #removal(elements: Shape[]): Entry {
    return {
      group: 'zz',
      title: 'Remove (Delete)',
      html: button('remove'),
      action: { click: () => this.#modeling.removeElements([...elements]) },
    };
  }
}
