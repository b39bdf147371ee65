// How steps and lines look. What is not ours (pools, lanes, data, notes) is drawn by the library in our colours.

import type { Connection, Node, NodeKind } from '@sluice/topology';
import BaseRenderer from 'diagram-js/lib/draw/BaseRenderer';
import { createLine } from 'diagram-js/lib/util/RenderUtil';
import { conditionText, detailOf, titleOf } from '../../model/detail.ts';
import { KIND_ICONS, PATH_ICONS } from '../../model/icons.ts';
import { KINDS } from '../../model/kinds.ts';
import { extensionOf, is, type Moddle, type Point, type Shape } from '../../view/diagram.ts';
import { ellipsis, fontOf, svg, widthOf, wrap } from './svg.ts';

/** What is known of elements when they are drawn; filled by whoever reads the meaning. */
export class Words {
  nodes: ReadonlyMap<string, Node> = new Map();
  lines: ReadonlyMap<string, Connection> = new Map();

  nodeOf(element: Moddle): Pick<Node, 'kind' | 'name' | 'worker' | 'action' | 'settings' | 'notRunnable'> | undefined {
    const known = this.nodes.get(element.id);
    if (known) return known;
    const extension = extensionOf(element, 'node');
    const kind = (extension?.kind ?? GUESSES[element.$type]) as NodeKind | undefined;
    if (kind === undefined || !Object.hasOwn(KINDS, kind)) return undefined;
    return { kind, name: element.name, worker: extension?.worker, action: extension?.action };
  }
}

/** What an element is most likely, for the moment in which it is dragged and nobody has read it yet. */
const GUESSES: Readonly<Record<string, NodeKind>> = {
  'bpmn:StartEvent': 'start',
  'bpmn:ExclusiveGateway': 'router',
  'bpmn:InclusiveGateway': 'router',
  'bpmn:UserTask': 'user-task',
  'bpmn:CallActivity': 'call',
  'bpmn:ServiceTask': 'connector',
  'bpmn:Task': 'custom',
};

const TITLE = '600 13px';
const SMALL = '500 11px';
const RADIUS = 12;

export class SluiceRenderer extends BaseRenderer {
  static $inject = ['eventBus', 'bpmnRenderer', 'sluiceWords'];
  readonly #plain: { getShapePath(shape: Shape): string };
  readonly #words: Words;

  constructor(eventBus: unknown, bpmnRenderer: { getShapePath(shape: Shape): string }, sluiceWords: Words) {
    super(eventBus as ConstructorParameters<typeof BaseRenderer>[0], 1_500);
    this.#plain = bpmnRenderer;
    this.#words = sluiceWords;
  }

  override canRender(element: object): boolean {
    const { labelTarget, businessObject: thing } = element as Shape;
    if (labelTarget) return false;
    if (is(thing, 'bpmn:SequenceFlow')) return true;
    return is(thing, 'bpmn:FlowNode') && !is(thing, 'bpmn:SubProcess');
  }

  override drawShape(parent: SVGElement, element: object): SVGElement {
    const shape = element as Shape;
    const group = svg(parent, 'g', { class: 'sl-node' });
    const thing = shape.businessObject;
    const node = this.#words.nodeOf(thing);
    if (node) group.setAttribute('data-kind', node.kind);
    if (node?.notRunnable !== undefined) group.classList.add('sl-open');
    if (is(thing, 'bpmn:Event')) drawEvent(group, shape, node);
    else if (is(thing, 'bpmn:Gateway')) drawGateway(group, shape, node);
    else drawStep(group, shape, node);
    if (node?.settings?.breakpoint) svg(group, 'circle', { class: 'sl-breakpoint', cx: 2, cy: 2, r: 6 });
    return group;
  }

  override drawConnection(parent: SVGElement, element: object): SVGElement {
    const connection = element as Shape;
    const points = connection.waypoints! as Point[];
    const group = svg(parent, 'g', { class: 'sl-line' });
    const line = this.#words.lines.get(connection.id);
    const [before, end] = [points.at(-2)!, points.at(-1)!];
    const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
    const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
    const short = { x: end.x - dx * 6, y: end.y - dy * 6 };
    const drawn = createLine([...points.slice(0, -1), short], { class: 'sl-line-path' } as never, 10) as SVGElement;
    for (const name of ['style', 'fill', 'stroke']) drawn.removeAttribute(name);
    group.append(drawn);
    const side = (along: number, across: number): string =>
      `${end.x - dx * along - dy * across} ${end.y - dy * along + dx * across}`;
    svg(group, 'path', { class: 'sl-arrow', d: `M${end.x} ${end.y}L${side(9, 4.5)}L${side(7, 0)}L${side(9, -4.5)}Z` });
    const source = connection.source?.businessObject;
    const router = source !== undefined && this.#words.nodeOf(source)?.kind === 'router';
    const text = line ? conditionText(line, router) : null;
    if (line?.notRunnable !== undefined) group.classList.add('sl-open');
    if (line?.on) group.setAttribute('data-on', line.on);
    if (text !== null && text !== 'true' && connection.labels.length === 0) drawChip(group, points, text);
    return group;
  }

  override getShapePath(shape: object): string {
    return this.#plain.getShapePath(shape as Shape);
  }
}

type Shown = ReturnType<Words['nodeOf']>;

function icon(parent: Element, path: string, x: number, y: number, size: number): void {
  const scale = size / 24;
  svg(parent, 'path', {
    class: 'sl-icon',
    d: path,
    transform: `translate(${x - size / 2} ${y - size / 2}) scale(${scale})`,
    'stroke-width': 1.7 / scale ** 0.5,
  });
}

function toneOf(node: Shown): string {
  return node && node.notRunnable === undefined ? KINDS[node.kind].tone : 'slate';
}

function text(parent: Element, name: string, value: string, x: number, y: number, anchor = 'start'): void {
  svg(parent, 'text', { class: name, x, y, 'text-anchor': anchor }).textContent = value;
}

function drawStep(group: SVGGElement, { width, height, businessObject }: Shape, node: Shown): void {
  group.classList.add(`sl-tone-${toneOf(node)}`);
  svg(group, 'rect', { class: 'sl-shadow', x: 0, y: 2.5, width, height, rx: RADIUS });
  svg(group, 'rect', { class: 'sl-card', x: 0, y: 0, width, height, rx: RADIUS });
  const sign = node ? KIND_ICONS[node.kind] : KIND_ICONS.custom;
  const title = node ? titleOf(node) : businessObject.name || 'Step';
  const detail = node ? detailOf(node) : { text: '', open: false };
  if (width >= 130) {
    const tile = Math.min(38, height - 16);
    svg(group, 'rect', { class: 'sl-tile', x: 11, y: (height - tile) / 2, width: tile, height: tile, rx: 10 });
    icon(group, sign, 11 + tile / 2, height / 2, tile * 0.56);
    const left = 11 + tile + 10;
    const room = width - left - 9;
    const lines = wrap(title, fontOf(TITLE), room, height >= 60 ? 2 : 1);
    const top = height / 2 - (lines.length === 1 ? 3 : 11);
    for (const [at, line] of lines.entries()) text(group, 'sl-title', line, left, top + at * 16);
    const smaller = detail.open ? 'sl-detail sl-missing' : 'sl-detail';
    text(group, smaller, ellipsis(detail.text, fontOf(SMALL), room), left, top + (lines.length - 1) * 16 + 16);
  } else {
    svg(group, 'rect', { class: 'sl-tile', x: 7, y: 7, width: 24, height: 24, rx: 7 });
    icon(group, sign, 19, 19, 15);
    const lines = wrap(title, fontOf('600 11.5px'), width - 14, height >= 76 ? 3 : 2);
    const top = 31 + (height - 33 - lines.length * 14) / 2 + 10;
    for (const [at, line] of lines.entries())
      text(group, 'sl-title sl-narrow', line, width / 2, top + at * 14, 'middle');
    if (detail.open) svg(group, 'circle', { class: 'sl-missing-dot', cx: width - 13, cy: 13, r: 4 });
  }
  if (businessObject.loopCharacteristics)
    for (const x of [-4, 0, 4])
      svg(group, 'line', { class: 'sl-marker', x1: width / 2 + x, x2: width / 2 + x, y1: height - 11, y2: height - 4 });
}

function drawEvent(group: SVGGElement, shape: Shape, node: Shown): void {
  const { width, height, businessObject } = shape;
  const radius = Math.min(width, height) / 2;
  const boundary = is(businessObject, 'bpmn:BoundaryEvent');
  const on = boundary ? pathOf(businessObject) : undefined;
  const tone = on === 'error' ? 'rose' : on === 'timer' ? 'amber' : on ? 'violet' : node ? toneOf(node) : 'slate';
  group.classList.add(`sl-tone-${tone}`);
  const [x, y] = [width / 2, height / 2];
  svg(group, 'circle', { class: 'sl-shadow', cx: x, cy: y + 2, r: radius });
  svg(group, 'circle', { class: 'sl-disc', cx: x, cy: y, r: radius });
  const end = is(businessObject, 'bpmn:EndEvent');
  const ring = svg(group, 'circle', {
    class: end ? 'sl-ring sl-ring-end' : 'sl-ring',
    cx: x,
    cy: y,
    r: radius - (end ? 1 : 0),
  });
  if (boundary && businessObject.cancelActivity === false) ring.setAttribute('stroke-dasharray', '5 3');
  if (boundary) icon(group, on ? PATH_ICONS[on] : PATH_ICONS.error, x, y, radius * 1.05);
  else if (node) icon(group, KIND_ICONS[node.kind], x + (node.kind === 'start' ? 0.5 : 0), y, radius * 1.1);
  else if (end) svg(group, 'rect', { class: 'sl-stop', x: x - 5, y: y - 5, width: 10, height: 10, rx: 2.5 });
  if (!boundary && node && !businessObject.name) caption(group, shape, node);
}

function pathOf(event: Moddle): keyof typeof PATH_ICONS | undefined {
  const [definition] = (event.eventDefinitions ?? []) as Moddle[];
  if (is(definition, 'bpmn:ErrorEventDefinition')) return 'error';
  if (is(definition, 'bpmn:TimerEventDefinition')) return 'timer';
  return is(definition, 'bpmn:CompensateEventDefinition') ? 'compensation' : undefined;
}

function drawGateway(group: SVGGElement, shape: Shape, node: Shown): void {
  const { width, height, businessObject } = shape;
  group.classList.add(`sl-tone-${toneOf(node)}`);
  const [x, y] = [width / 2, height / 2];
  const diamond = {
    x: x - (width * Math.SQRT1_2) / 2 + 1,
    y: y - (height * Math.SQRT1_2) / 2 + 1,
    width: width * Math.SQRT1_2 - 2,
    height: height * Math.SQRT1_2 - 2,
    rx: 8,
  };
  const turned = `rotate(45 ${x} ${y})`;
  svg(group, 'rect', { ...diamond, class: 'sl-shadow', transform: `translate(0 2.5) ${turned}` });
  svg(group, 'rect', { ...diamond, class: 'sl-disc', transform: turned });
  svg(group, 'rect', { ...diamond, class: 'sl-ring', transform: turned });
  icon(group, node ? KIND_ICONS[node.kind] : KIND_ICONS.router, x, y, Math.min(width, height) * 0.42);
  if (node && !businessObject.name) caption(group, shape, node, 'start');
}

/**
 * Under an event or gateway that has no name of its own.
 * @param anchor  `start`: beside the line that leaves at the bottom
 */
function caption(group: SVGGElement, { width, height }: Shape, node: NonNullable<Shown>, anchor = 'middle'): void {
  const detail = detailOf(node);
  const generic = detail.text === KINDS[node.kind].does;
  const value = generic ? KINDS[node.kind].label : detail.text;
  text(
    group,
    detail.open ? 'sl-detail sl-missing' : 'sl-detail',
    ellipsis(value, fontOf(SMALL), 130),
    width / 2 + (anchor === 'middle' ? 0 : 8),
    height + (anchor === 'middle' ? 16 : 10),
    anchor,
  );
}

/** Towards the end of the line, where those that begin together have parted. */
function drawChip(group: SVGGElement, points: readonly Point[], value: string): void {
  const font = `500 10.5px ui-monospace, monospace`;
  const stretches = points.slice(1).map((_, at) => at);
  const roomy = stretches.filter((at) => isFlat(points, at) && lengthAt(points, at) >= 84);
  const longest = [...stretches].sort((a, b) => lengthAt(points, b) - lengthAt(points, a))[0] ?? 0;
  const at = roomy.at(-1) ?? longest;
  const [a, b] = [points[at]!, points[at + 1]!];
  // A line that goes straight on shares its beginning with those that bend.
  const along = points.length === 2 && lengthAt(points, at) > 110 ? 0.58 : 0.5;
  const flat = isFlat(points, at);
  // The head of its arrow stays in sight; where there is no room for words the whole is in the title.
  const room = flat ? 2 * (lengthAt(points, at) * (1 - along) - 11) - 14 : 150;
  const shown = room < 40 ? '…' : ellipsis(value, font, Math.min(170, room));
  const width = widthOf(shown, font) + 14;
  const [x, y] = [a.x + (b.x - a.x) * along - (flat ? 3 : 0), a.y + (b.y - a.y) * along];
  const chip = svg(group, 'g', { class: 'sl-chip' });
  svg(chip, 'rect', { x: x - width / 2, y: y - 9, width, height: 18, rx: 9 });
  text(chip, '', shown, x, y + 3.6, 'middle');
  svg(chip, 'title', {}).textContent = value;
}

const isFlat = (points: readonly Point[], at: number): boolean =>
  Math.abs(points[at]!.y - points[at + 1]!.y) < Math.abs(points[at]!.x - points[at + 1]!.x);
const lengthAt = (points: readonly Point[], at: number): number =>
  Math.hypot(points[at + 1]!.x - points[at]!.x, points[at + 1]!.y - points[at]!.y);
