// Put the elements of a container into another order: a router asks its connections in the order of the document.

import type { Moddle } from '../view/diagram.ts';

export interface Reorder {
  readonly container: Moddle;
  readonly order: readonly Moddle[];
  before?: readonly Moddle[];
}

export class ReorderHandler {
  execute(context: Reorder): readonly never[] {
    context.before = [...context.container.flowElements];
    context.container.flowElements.splice(0, Number.POSITIVE_INFINITY, ...context.order);
    return [];
  }

  revert({ container, before }: Reorder): readonly never[] {
    container.flowElements.splice(0, Number.POSITIVE_INFINITY, ...before!);
    return [];
  }
}

/** The elements with those of `wanted` in that order, at the places they have now. */
export function reordered(elements: readonly Moddle[], wanted: readonly Moddle[]): Moddle[] | null {
  const set = new Set(wanted);
  const queue = [...wanted];
  const order = elements.map((element) => (set.has(element) ? queue.shift()! : element));
  return order.every((element, at) => element === elements[at]) ? null : order;
}
