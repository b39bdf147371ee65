// What may be connected: the same answers that validation would give, before anything is drawn.

import { type Connection, type NodeKind, START_KINDS } from '@sluice/topology';

export interface End {
  readonly id: string;
  readonly kind: NodeKind;
}

export type Refusal = 'self' | 'start-has-no-input' | 'twice';

export const REFUSALS: Readonly<Record<Refusal, string>> = {
  self: 'A step cannot follow itself directly: put a condition or a delay between.',
  'start-has-no-input': 'A process begins here: nothing can lead to it.',
  twice: 'These two are connected already.',
};

/** @returns null when it may, else why not */
export function refusalOf(
  from: End,
  to: End,
  existing: Iterable<Pick<Connection, 'from' | 'to' | 'on'>>,
): Refusal | null {
  if (from.id === to.id) return 'self';
  if (START_KINDS.has(to.kind)) return 'start-has-no-input';
  for (const other of existing)
    if (other.from === from.id && other.to === to.id && other.on === undefined) return 'twice';
  return null;
}
