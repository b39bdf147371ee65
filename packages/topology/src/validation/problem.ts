import type { Node } from '../model/schema.ts';

/** One thing wrong with a topology: a stable code, where, and a sentence that says what to do. */
export interface Problem {
  readonly code: string;
  /** Such as `nodes.send-mail` or `connections.3`. */
  readonly path: string;
  readonly message: string;
}

export const at = (node: Node): string => `nodes.${node.id}`;
