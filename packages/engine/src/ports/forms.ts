// The language in which forms of user tasks are written: JSON Schema, read by whoever composes the engine.

import type { PlacedProblem } from '@sluice/protocol';

type Schema = Readonly<Record<string, unknown>>;

export interface Forms {
  /** What is wrong with a schema, or null. */
  fault(schema: Schema): string | null;
  /** Where a value is not as the schema says; none when it is. */
  problems(schema: Schema, value: unknown): readonly PlacedProblem[];
}
