// One open process: the picture, its model, what is selected, and every act on it. React shows it and calls it.

import {
  applyChanges,
  type Change,
  type Connection,
  equal,
  type Node,
  type NodeKind,
  type TopologyModel,
  validate,
} from '@sluice/topology';
import { fromBpmn, toBpmn } from '@sluice/topology/bpmn';
import type { Place } from '../commands/patch.ts';
import { copyText, pasteParts } from '../features/clipboard/clipboard.ts';
import type { Act } from '../features/keys/keys.ts';
import { followFont } from '../features/look/svg.ts';
import { fragmentOf, graphOf } from '../features/meaning/fragment.ts';
import { type Meaning, MeaningKeeper } from '../features/meaning/meaning.ts';
import type { MenuMode } from '../features/pad/pad.ts';
import { inserted, nodeChanged, nodesOf } from '../model/edits.ts';
import { freshId } from '../model/names.ts';
import { type Located, locate } from '../model/targets.ts';
import { type Diagram, openModeler, type Services } from './canvas.ts';
import { is, isConnection, isFlowNode, type Moddle, type Point, type Shape } from './diagram.ts';
import { blankDocument, drawable } from './document.ts';
import { layoutOf } from './layout.ts';
import { fitView } from './show.ts';
import { Store } from './store.ts';

export interface Menu {
  readonly mode: MenuMode | 'create';
  /** The element it is about. */
  readonly element: string | null;
  /** Where it opens, in the window. */
  readonly x: number;
  readonly y: number;
}

export interface State {
  readonly ready: boolean;
  readonly model: TopologyModel;
  readonly problems: readonly Located[];
  /** Ids of nodes; index of a connection of the model. */
  readonly selected: readonly string[];
  readonly connection: number | null;
  /** What is selected and is no step and no line, such as a pool: its element. */
  readonly foreign: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Something was done since it was opened or saved. */
  readonly dirty: boolean;
  readonly zoom: number;
  readonly menu: Menu | null;
  /** Said once to the user, such as why something was refused. */
  readonly notice: string | null;
}

export interface Saved {
  readonly bpmn: string;
  readonly model: TopologyModel;
  readonly problems: readonly Located[];
}

export interface NewNode {
  readonly kind: NodeKind;
  readonly worker?: string | undefined;
  readonly action?: string | undefined;
}

/** A connection to put a step into, a node to append it to, or a point of the canvas. */
export interface Near {
  readonly after?: string;
  readonly into?: number;
  readonly at?: Point;
  readonly on?: 'error' | 'timer';
}

export interface SessionOptions {
  /** What is wrong with an expression, or null. */
  readonly expressionFault?: ((expression: string) => string | null) | undefined;
  readonly onAct?: ((act: Act) => void) | undefined;
}

const EMPTY: State = {
  ready: false,
  model: { name: 'process', nodes: [], connections: [] },
  problems: [],
  selected: [],
  connection: null,
  foreign: null,
  canUndo: false,
  canRedo: false,
  dirty: false,
  zoom: 1,
  menu: null,
  notice: null,
};

/** What is smaller cannot be read, so a large process opens at its beginning. */
const LEAST_SCALE = 0.4;

/** Resolved when what was drawn so far is on the screen; at once where nobody looks at it. */
const painted = (): Promise<void> =>
  document.hidden ? Promise.resolve() : new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

const targetOf = ({ worker, action }: NewNode): Pick<Node, 'worker' | 'action'> => ({
  ...(worker ? { worker } : {}),
  ...(action ? { action } : {}),
});

/** Commands after which an element says something else although it is joined as before. */
const TELLING = ['sluice.assign', 'element.updateProperties', 'element.updateModdleProperties', 'element.updateLabel'];

export class Session {
  readonly store = new Store<State>(EMPTY);
  readonly #diagram: Diagram;
  readonly #keeper = new MeaningKeeper();
  readonly #options: SessionOptions;
  readonly #revisions = new WeakMap<Moddle, number>();
  #signatures = new Map<string, string>();
  #meaning: Meaning = { model: EMPTY.model, elementOf: new Map(), connectionElements: [] };
  #queue: Promise<unknown> = Promise.resolve();
  #pending: ReturnType<typeof setTimeout> | null = null;
  readonly #unfollow: () => void;
  #closed = false;

  constructor(container: HTMLElement, options: SessionOptions = {}) {
    this.#options = options;
    this.#diagram = openModeler(container);
    const events = this.get('eventBus');
    events.on('commandStack.changed', () => this.#changed());
    events.on('selection.changed', () => this.#select());
    events.on('canvas.viewbox.changed', () => this.store.set({ zoom: this.get('canvas').zoom() }));
    for (const command of TELLING)
      events.on([`commandStack.${command}.executed`, `commandStack.${command}.reverted`], ({ context }) => {
        const thing: Moddle = context.element?.businessObject ?? context.element;
        this.#revisions.set(thing, (this.#revisions.get(thing) ?? 0) + 1);
      });
    this.#unfollow = followFont(container, () => {
      if (this.state.ready) this.#show(null);
    });
    // What was asked for before is done first: a step that is being appended is the one that the next follows.
    events.on('sluice.act', ({ act }) => void this.#enqueue(async () => this.#act(act)));
    events.on('sluice.menu', ({ element, mode, event }) => {
      const at = (event.delegateTarget ?? event.target) as Element;
      const box = at.getBoundingClientRect();
      this.store.set({ menu: { mode, element: element.id, x: box.right + 8, y: box.top } });
    });
  }

  get<K extends keyof Services>(service: K): Services[K] {
    return this.#diagram.get(service);
  }

  get state(): State {
    return this.store.get();
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#diagram.destroy();
  }

  // ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Show a document; without one an empty process.
   * @throws SluiceError `bpmn.*` when it cannot be read; what was shown before stays
   */
  async open(bpmn: string | undefined, name = 'process'): Promise<void> {
    const text = await drawable(bpmn ?? blankDocument(name), this.get('moddle'));
    if (this.#closed) return;
    this.store.set({ ready: false });
    await this.#diagram.importXML(text);
    if (this.#closed) return;
    const definitions = this.#diagram.getDefinitions();
    this.#meaning = this.#keeper.read(text, definitions);
    this.#signatures = this.#sign();
    this.#show(null);
    fitView(this.get('canvas'), LEAST_SCALE);
    this.store.set({ ready: true, dirty: false, selected: [], connection: null, foreign: null });
  }

  /** The document as it is now, with its model read from it as a whole. */
  async save(): Promise<Saved> {
    await this.settled();
    const { xml = '' } = await this.#diagram.saveXML({ format: true });
    const { model } = fromBpmn(xml);
    this.store.set({ dirty: false });
    return { bpmn: xml, model, problems: this.#problems(model) };
  }

  /** Resolves when everything that was asked for is drawn and read. */
  async settled(): Promise<void> {
    let queue: Promise<unknown> | undefined;
    while (queue !== this.#queue) {
      queue = this.#queue;
      await queue;
    }
    this.#readNow();
  }

  // ── Edits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Make the picture mean something else, in one step that can be undone. */
  edit(changes: readonly Change[], places?: ReadonlyMap<string, Place>): Promise<void> {
    if (changes.length === 0) return this.#queue as Promise<void>;
    return this.#enqueue(() => this.#apply(changes, places));
  }

  async #apply(changes: readonly Change[], places?: ReadonlyMap<string, Place>): Promise<void> {
    this.#readNow();
    const definitions = this.#diagram.getDefinitions();
    const graph = graphOf(definitions);
    const registry = this.get('elementRegistry');
    const wanted = [...nodesOf(changes)].flatMap((id) => {
      const element = this.#meaning.elementOf.get(id);
      return element === undefined ? [] : (registry.get(element)?.businessObject ?? []);
    });
    const { text, elements } = fragmentOf(definitions, graph, wanted);
    const changed = toBpmn(applyChanges(fromBpmn(text).model, changes), { layout: false });
    if (changed === text) return;
    const [before, after] = await Promise.all([this.#parse(text), this.#parse(changed)]);
    if (this.#closed) return;
    const scope = new Set([...elements].map(({ id }) => id));
    const { selected } = this.state;
    this.get('commandStack').execute('sluice.patch', { scope, before, after, places });
    // An element that became another type is another one for the library; for the user it is the same step.
    if (selected.length > 0 && this.get('selection').get().length === 0) {
      this.#readNow();
      this.select(selected);
    }
  }

  async setNode(id: string, change: (node: Node) => Node): Promise<void> {
    const node = this.node(id);
    if (node) await this.edit(nodeChanged(node, change(node)));
  }

  /** @returns its id; empty when the editor was closed meanwhile */
  async add(wanted: NewNode, near: Near = {}): Promise<string> {
    let id = '';
    await this.#enqueue(async () => {
      // Whoever chose it sees that at once: the menu is gone before there is anything to draw.
      await painted();
      if (this.#closed) return;
      this.#readNow();
      id = this.#freshId(wanted);
      const into = near.into === undefined ? undefined : this.#meaning.model.connections[near.into];
      const at = near.at ?? (into ? this.#middleOf(near.into!) : undefined);
      await this.#apply(
        this.#added({ id, kind: wanted.kind, ...targetOf(wanted) }, near, into),
        at && new Map([[id, at]]),
      );
      await painted();
      if (this.#closed) return;
      this.#readNow();
      if (into) this.#makeRoom(id);
      this.select([id]);
    });
    return id;
  }

  #freshId({ kind, action }: NewNode): string {
    const registry = this.get('elementRegistry');
    return freshId(action ?? kind, (id) => registry.get(id) !== undefined || this.#meaning.elementOf.has(id));
  }

  #added(node: Node, { after, on }: Near, into: Connection | undefined): Change[] {
    const changes: Change[] = into ? inserted(into, node) : [{ change: 'node.added', node }];
    if (after !== undefined && this.node(after))
      changes.push({
        change: 'connection.added',
        connection: { from: after, to: node.id, ...(on ? { on } : {}), ...(on === 'timer' ? { afterMs: 60_000 } : {}) },
      });
    return changes;
  }

  /** The shape of a step that is not drawn yet, to be dragged onto the canvas. */
  async shapeOf(wanted: NewNode): Promise<Shape> {
    const node: Node = { id: this.#freshId(wanted), kind: wanted.kind, ...targetOf(wanted) };
    const text = toBpmn({ name: 'part', nodes: [node], connections: [] }, { layout: false });
    const root = (await this.#parse(text)).rootElements.find((each: Moddle) => is(each, 'bpmn:Process'));
    const thing: Moddle = root.flowElements[0];
    (thing as { $parent?: Moddle | undefined }).$parent = undefined;
    return this.get('elementFactory').create('shape', { type: thing.$type, businessObject: thing });
  }

  remove(): void {
    const elements = this.get('selection').get();
    if (elements.length > 0) this.get('modeling').removeElements([...elements]);
  }

  /** Lay out everything anew, as one step. */
  arrange(): Promise<void> {
    return this.#enqueue(async () => {
      const { xml = '' } = await this.#diagram.saveXML({ format: false });
      const places = await layoutOf(xml, this.get('moddle'));
      const registry = this.get('elementRegistry');
      const found = <T>(map: ReadonlyMap<string, T>): Map<Shape, T> =>
        new Map([...map].flatMap(([id, place]) => (registry.get(id) ? [[registry.get(id)!, place] as const] : [])));
      this.get('commandStack').execute('sluice.arrange', { bounds: found(places.bounds), lines: found(places.lines) });
      this.fit();
    });
  }

  /** Notes of an element, where BPMN keeps them. */
  documentation(element: string): string {
    const list = (this.get('elementRegistry').get(element)?.businessObject.documentation ?? []) as Moddle[];
    return list.map(({ text }) => text ?? '').join('\n\n');
  }

  document(element: string, text: string): void {
    const shape = this.get('elementRegistry').get(element);
    if (!shape) return;
    const documentation = text.trim() === '' ? [] : [this.get('bpmnFactory').create('bpmn:Documentation', { text })];
    this.get('modeling').updateProperties(shape, { documentation });
  }

  copy(): string | null {
    const elements = this.get('selection').get();
    return elements.length === 0 ? null : copyText(this.#diagram.getDefinitions(), elements);
  }

  /** @param text  a document of BPMN, such as `copy` gives; other text is ignored */
  paste(text: string): Promise<void> {
    return this.#enqueue(async () => {
      const patch = await pasteParts(text, this.get('moddle'), this.get('canvas').viewbox());
      if (!patch || this.#closed) return;
      const registry = this.get('elementRegistry');
      const before = new Set(registry.getAll().map(({ id }) => id));
      this.get('commandStack').execute('sluice.patch', patch);
      const fresh = registry.filter((shape) => !before.has(shape.id) && !shape.labelTarget && shape.parent !== null);
      this.get('selection').select(fresh.filter((shape) => !isConnection(shape)));
      this.get('canvas').focus();
    });
  }

  // ── Looking around ──────────────────────────────────────────────────────────────────────────────────────────────────

  node(id: string): Node | undefined {
    return this.#meaning.model.nodes.find((node) => node.id === id);
  }

  elementOf(id: string): string | undefined {
    return this.#meaning.elementOf.get(id);
  }

  nodeOfElement(element: string): string | undefined {
    return this.get('sluiceWords').nodes.get(element)?.id;
  }

  connectionElement(index: number): string | null {
    return this.#meaning.connectionElements[index] ?? null;
  }

  connectionOfElement(element: string): number {
    return this.#meaning.connectionElements.indexOf(element);
  }

  select(ids: readonly string[]): void {
    const registry = this.get('elementRegistry');
    const shapes = ids.flatMap((id) => registry.get(this.elementOf(id) ?? '') ?? []);
    this.get('selection').select(shapes);
  }

  selectConnection(index: number): void {
    const shape = this.get('elementRegistry').get(this.connectionElement(index) ?? '');
    if (shape) this.get('selection').select(shape);
  }

  /** Select and bring into view. */
  jump(to: { readonly node?: string | undefined; readonly connection?: number | undefined }): void {
    const element = to.node === undefined ? this.connectionElement(to.connection ?? -1) : this.elementOf(to.node);
    const shape = this.get('elementRegistry').get(element ?? '');
    if (!shape) return;
    this.get('selection').select(shape);
    this.get('canvas').scrollToElement(shape, 120);
  }

  fit(): void {
    fitView(this.get('canvas'));
  }

  openMenu(mode: Menu['mode']): void {
    const [shape] = this.get('selection').get();
    const canvas = this.get('canvas');
    const box = (shape ? canvas.getGraphics(shape) : canvas.getContainer()).getBoundingClientRect();
    const about = shape && isFlowNode(shape.businessObject) && !isConnection(shape);
    this.store.set({
      menu: about
        ? { mode, element: shape.id, x: box.right + 12, y: box.top }
        : { mode: 'create', element: null, x: box.left + box.width / 2 - 160, y: box.top + 96 },
    });
  }

  closeMenu(): void {
    this.store.set({ menu: null });
    this.get('canvas').focus();
  }

  // ── Keeping in step ─────────────────────────────────────────────────────────────────────────────────────────────────

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(() => (this.#closed ? undefined : work()));
    this.#queue = done.catch((error: unknown) => {
      this.store.set({ notice: error instanceof Error ? error.message : String(error) });
    });
    return done;
  }

  async #parse(text: string): Promise<Moddle> {
    return (await this.get('moddle').fromXML(text)).rootElement;
  }

  #changed(): void {
    const stack = this.get('commandStack');
    this.store.set({ canUndo: stack.canUndo(), canRedo: stack.canRedo(), dirty: this.state.dirty || stack.canUndo() });
    if (!this.state.ready) return;
    this.#pending ??= setTimeout(() => this.#readNow(), 0);
  }

  #readNow(): void {
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#pending = null;
    if (this.#closed || !this.state.ready) return;
    const signatures = this.#sign();
    const registry = this.get('elementRegistry');
    const changed: Moddle[] = [];
    let gone = false;
    for (const [id, signature] of signatures)
      if (this.#signatures.get(id) !== signature) {
        const thing = registry.get(id)?.businessObject;
        if (thing) changed.push(thing);
        else gone = true;
      }
    for (const id of this.#signatures.keys()) if (!signatures.has(id)) gone = true;
    this.#signatures = signatures;
    if (changed.length === 0 && !gone) return;
    const before = this.get('sluiceWords').nodes;
    this.#meaning = this.#keeper.update(this.#diagram.getDefinitions(), changed);
    this.#show(before);
    this.#select();
  }

  /** What each element says and how it is joined, as far as it matters for the meaning. */
  #sign(): Map<string, string> {
    const { nodes, lines, main, linesOf, hostOf } = graphOf(this.#diagram.getDefinitions());
    const signatures = new Map<string, string>();
    const revision = (thing: Moddle): number => this.#revisions.get(thing) ?? 0;
    const ids = (list: readonly Moddle[] | undefined): string => (list ?? []).map(({ id }) => id).join(' ');
    for (const node of nodes)
      signatures.set(
        node.id,
        `${node.$type}|${node.name}|${ids(linesOf(hostOf(node)))}|${node.attachedToRef?.id}|${node.default?.id}|${revision(node)}`,
      );
    for (const line of lines) signatures.set(line.id, `${line.sourceRef?.id}|${line.targetRef?.id}|${revision(line)}`);
    signatures.set(`${main.id} `, `${main.name}|${revision(main)}`);
    signatures.set(`${main.id} order`, `${ids(nodes)}|${ids(lines)}`);
    return signatures;
  }

  #problems(model: TopologyModel): Located[] {
    return locate(validate(model, this.#options.expressionFault), model);
  }

  /** Draw again what says something else, and tell those who watch. */
  #show(before: ReadonlyMap<string, Node> | null): void {
    const { model, elementOf, connectionElements } = this.#meaning;
    const words = this.get('sluiceWords');
    const nodes = new Map<string, Node>();
    for (const node of model.nodes) {
      const element = elementOf.get(node.id)!;
      // Of the three nodes of an element that runs for each of many items the one between is shown.
      if (!nodes.has(element) || node.kind !== 'collect') nodes.set(element, node);
    }
    const lines = new Map<string, Connection>();
    for (const [at, connection] of model.connections.entries()) {
      const element = connectionElements[at];
      if (element != null) lines.set(element, connection);
    }
    const others = words.lines;
    words.nodes = nodes;
    words.lines = lines;
    const stale = this.get('elementRegistry').filter(({ id, source, labelTarget }) => {
      if (labelTarget) return false;
      if (before === null) return nodes.has(id) || lines.has(id);
      return (
        !equal(before.get(id), nodes.get(id)) ||
        !equal(others.get(id), lines.get(id)) ||
        (source !== undefined && before.get(source.id)?.kind !== nodes.get(source.id)?.kind)
      );
    });
    for (const element of stale) this.get('eventBus').fire('element.changed', { element });
    this.store.set({ model, problems: this.#problems(model) });
  }

  #select(): void {
    const elements = this.get('selection').get();
    const selected = elements.flatMap((shape) => this.nodeOfElement((shape.labelTarget ?? shape).id) ?? []);
    const [only] = elements;
    const single = elements.length === 1 && only ? (only.labelTarget ?? only) : null;
    // An event at a border is the path that begins there.
    const line =
      single && is(single.businessObject, 'bpmn:BoundaryEvent') && selected.length === 0
        ? (single.outgoing[0] ?? single)
        : single;
    const connection = line && selected.length === 0 ? this.connectionOfElement(line.id) : -1;
    this.store.set({
      selected,
      connection: connection < 0 ? null : connection,
      foreign: single && selected.length === 0 && connection < 0 && single.parent !== null ? single.id : null,
    });
  }

  #act(act: Act): void {
    const [first] = this.state.selected;
    const step = (from: 'from' | 'to', to: 'from' | 'to'): void => {
      const { connections, nodes } = this.state.model;
      const next = connections.find((connection) => connection[from] === first)?.[to] ?? nodes[0]?.id;
      if (next !== undefined) this.jump({ node: next });
    };
    if (act === 'append') this.openMenu('append');
    else if (act === 'replace' && first !== undefined) this.openMenu('replace');
    else if (act === 'fit') this.fit();
    else if (act === 'minimap') this.get('minimap').toggle();
    else if (act === 'arrange') void this.arrange();
    else if (act === 'next') step('from', 'to');
    else if (act === 'previous') step('to', 'from');
    else this.#options.onAct?.(act);
  }

  #middleOf(index: number): Point | undefined {
    const points = this.get('elementRegistry').get(this.connectionElement(index) ?? '')?.waypoints;
    if (!points) return undefined;
    const [a, b] = [points[Math.floor((points.length - 1) / 2)]!, points[Math.ceil((points.length - 1) / 2)]!];
    return points.length === 2
      ? { x: (points[0]!.x + points[1]!.x) / 2, y: (points[0]!.y + points[1]!.y) / 2 }
      : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }

  /** What follows an inserted step moves to the right as far as it must. */
  #makeRoom(id: string): void {
    const shape = this.get('elementRegistry').get(this.elementOf(id) ?? '');
    const [source] = shape?.incoming ?? [];
    if (!shape || !source?.source) return;
    const left = source.source.x + source.source.width + 62;
    const follower = shape.outgoing[0]?.target;
    if (!follower || follower.x < source.source.x + source.source.width) return;
    const moved = { x: Math.round(left - shape.x), y: 0 };
    const shift = Math.max(0, left + shape.width + 62 - follower.x);
    const root = this.get('canvas').getRootElement();
    const right = this.get('elementRegistry').filter(
      (other) =>
        other !== shape &&
        !isConnection(other) &&
        other.parent === shape.parent &&
        other.x >= follower.x &&
        !other.labelTarget &&
        !other.host,
    );
    if (moved.x !== 0) this.get('modeling').moveElements([shape], moved, shape.parent ?? root);
    if (shift > 0) this.get('modeling').moveElements(right, { x: Math.round(shift), y: 0 });
  }
}
