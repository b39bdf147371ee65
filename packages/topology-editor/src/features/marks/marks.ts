// Marks and overlays on the picture: what is wrong, what changed, how much is where, which way a process went.

import type { Services } from '../../view/canvas.ts';

/** Messages at a node now; what is zero or missing is not shown. */
export interface NodeCounts {
  readonly queued?: number;
  readonly inFlight?: number;
  readonly delayed?: number;
  readonly limited?: number;
  readonly held?: number;
  readonly trash?: number;
}

const COUNTS = [
  ['queued', 'slate', 'queued'],
  ['inFlight', 'blue', 'in work'],
  ['delayed', 'amber', 'delayed'],
  ['limited', 'violet', 'limited'],
  ['held', 'teal', 'held for a person'],
  ['trash', 'rose', 'in trash'],
] as const;

type Canvas = Services['canvas'];
type Overlays = Services['overlays'];

/** Class names on elements, of which each set is kept apart from the others. */
export class Marks {
  readonly #canvas: Canvas;
  readonly #registry: Services['elementRegistry'];
  readonly #set = new Map<string, Set<string>>();

  constructor(canvas: Canvas, registry: Services['elementRegistry']) {
    this.#canvas = canvas;
    this.#registry = registry;
  }

  /** Exactly these elements have the mark. */
  only(mark: string, elements: Iterable<string>): void {
    const before = this.#set.get(mark) ?? new Set();
    const now = new Set([...elements].filter((id) => this.#registry.get(id)));
    for (const id of before) if (!now.has(id) && this.#registry.get(id)) this.#canvas.removeMarker(id, mark);
    // An element that was drawn anew has lost its mark, and adding it twice does nothing.
    for (const id of now) this.#canvas.addMarker(id, mark);
    this.#set.set(mark, now);
  }
}

/** What is wrong, at each element. Those that stay are left alone: each new one makes the browser lay out the picture. */
export class Alarms {
  readonly #overlays: Overlays;
  readonly #shown = new Map<string, { readonly id: string; readonly words: string }>();

  constructor(overlays: Overlays) {
    this.#overlays = overlays;
  }

  /** Exactly these. */
  only(problems: ReadonlyMap<string, readonly string[]>): void {
    for (const [element, { id, words }] of this.#shown)
      if (problems.get(element)?.join('\n') !== words || this.#overlays.get(id) === undefined) {
        this.#overlays.remove(id);
        this.#shown.delete(element);
      }
    for (const [element, messages] of problems) {
      if (this.#shown.has(element)) continue;
      const html = document.createElement('div');
      html.className = 'sl-alarm';
      html.textContent = '!';
      html.title = messages.join('\n');
      const id = this.#overlays.add(element, 'sluice-alarm', { position: { top: -9, right: 11 }, html });
      this.#shown.set(element, { id, words: html.title });
    }
  }
}

export function showCounts(
  overlays: Overlays,
  counts: ReadonlyMap<string, NodeCounts>,
  widthOf: (element: string) => number,
): void {
  overlays.remove({ type: 'sluice-counts' });
  for (const [element, count] of counts) {
    const html = document.createElement('div');
    html.className = 'sl-counts';
    for (const [name, tone, words] of COUNTS) {
      const value = count[name] ?? 0;
      if (value === 0) continue;
      const pill = document.createElement('span');
      pill.className = `sl-count sl-tone-${tone}`;
      pill.textContent = value < 10_000 ? String(value) : `${Math.round(value / 1_000)}k`;
      pill.title = `${value} ${words}`;
      html.append(pill);
    }
    if (html.childElementCount > 0)
      overlays.add(element, 'sluice-counts', { position: { top: -17, left: widthOf(element) / 2 }, html });
  }
}

export function showBreakpoints(overlays: Overlays, elements: Iterable<string>): void {
  overlays.remove({ type: 'sluice-breakpoint' });
  for (const element of elements) {
    const html = document.createElement('div');
    html.className = 'sl-breakpoint-sign';
    html.title = 'A breakpoint: messages that arrive are held.';
    overlays.add(element, 'sluice-breakpoint', { position: { top: -5, left: -5 }, html });
  }
}

export function showBadges(overlays: Overlays, badges: ReadonlyMap<string, 'added' | 'changed' | 'removed'>): void {
  overlays.remove({ type: 'sluice-badge' });
  for (const [element, mark] of badges) {
    const html = document.createElement('div');
    html.className = `sl-badge sl-badge-${mark}`;
    html.textContent = mark;
    overlays.add(element, 'sluice-badge', { position: { top: -9, left: 10 }, html });
  }
}
