// Elements to nodes. Most elements are one node; one that runs for each of many items is three.

import { isActivity, isFlowNode } from '../document.ts';
import { BPMN } from '../namespaces.ts';
import type { XmlElement } from '../xml/tree.ts';
import type { Boundary } from './boundary.ts';
import { inOneLine } from './event.ts';
import { extensionOf, type Fields, overlay, type Part } from './extension.ts';
import { impliedNode, nameOf, notRunnable, type Surroundings } from './implied.ts';

/** A node, and the element it was read from. */
export interface Place {
  readonly id: string;
  readonly element: XmlElement;
  readonly part: Part;
  /** What it is called without our extension. */
  readonly elementId: string;
  /** What the element says without our extension. */
  readonly implied: Fields;
  /** What it says with it. */
  readonly fields: Fields;
}

export interface Places {
  readonly all: readonly Place[];
  /** Where a flow into the element arrives, where one out of it begins, and the node between. */
  entry(element: XmlElement): string | undefined;
  exit(element: XmlElement): string | undefined;
  middle(element: XmlElement): string | undefined;
}

export const NO_NODE = 'none';

export function placesOf(around: Surroundings, boundaries: ReadonlyMap<XmlElement, Boundary>): Places {
  const all: Place[] = [];
  const ids = new Set<string>();
  const entries = new Map<XmlElement, string>();
  const middles = new Map<XmlElement, string>();
  const exits = new Map<XmlElement, string>();
  const add = (element: XmlElement, part: Part, implied: Fields, wanted: string): string | undefined => {
    const extension = extensionOf(element, 'node', part);
    const kind = extension?.get('kind');
    if (kind === NO_NODE) return undefined;
    // Who says what kind of node this is knows how it runs.
    const { notRunnable: _, ...runnable } = implied;
    const { id: own, ...said } = overlay(kind === undefined ? implied : runnable, extension, element);
    // Who renames an element in another tool means it: our word on the name is good for its white space only.
    const renamed = implied.name !== undefined && inOneLine(String(said.name)).slice(0, 200) !== implied.name;
    const fields = renamed ? { ...said, name: implied.name } : said;
    const id = typeof own === 'string' && !ids.has(own) ? own : wanted;
    ids.add(id);
    all.push({ id, element, part, elementId: wanted, implied, fields });
    return id;
  };
  for (const process of around.document.processes)
    for (const element of process.elements(BPMN)) {
      if (!isFlowNode(element)) continue;
      const boundary = boundaries.get(element);
      if (boundary?.on) continue;
      const node = boundary ? { ...nameOf(element), ...notRunnable(boundary.reason!) } : impliedNode(element, around);
      const elementId = element.get('id')!;
      const ownKind = extensionOf(element, 'node')?.get('kind');
      if (node === null && ownKind === undefined) continue;
      const many = isActivity(element) ? element.first(BPMN, 'multiInstanceLoopCharacteristics') : undefined;
      const parted = many && node && node.notRunnable === undefined ? manyOf(many, node) : undefined;
      if (parted?.split) {
        const base = extensionOf(element, 'node')?.get('id') ?? elementId;
        const split = add(element, 'split', { kind: 'split' }, `${base}.split`);
        const id = add(element, 'whole', parted.node, elementId);
        const collect = add(element, 'collect', { kind: 'collect' }, `${base}.collect`);
        for (const [map, value] of [
          [entries, split ?? id],
          [middles, id],
          [exits, collect ?? id],
        ] as const)
          if (value !== undefined) map.set(element, value);
        continue;
      }
      const id = add(element, 'whole', parted?.node ?? node ?? {}, elementId);
      if (id !== undefined) for (const map of [entries, middles, exits]) map.set(element, id);
    }
  return {
    all,
    entry: (element) => entries.get(element),
    middle: (element) => middles.get(element),
    exit: (element) => exits.get(element),
  };
}

/** Once for each item: split, the step, collect. One after the other means one at a time. */
function manyOf(many: XmlElement, node: Fields): { split: boolean; node: Fields } {
  for (const unknown of ['completionCondition', 'loopCardinality', 'complexBehaviorDefinition'])
    if (many.first(BPMN, unknown))
      return {
        split: false,
        node: {
          ...node,
          ...notRunnable(
            `its multi-instance marker has a ${unknown}, which has no counterpart here; draw a split and a collect`,
          ),
        },
      };
  if (many.get('isSequential') !== 'true') return { split: true, node };
  const settings = { ...(node.settings as object | undefined), prefetch: 1 };
  return { split: true, node: { ...node, settings } };
}
