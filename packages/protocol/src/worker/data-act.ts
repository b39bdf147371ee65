// What a worker does with the data its steps keep on the platform. Times travel as lengths from now: the clock is the
// platform's.

import { z } from 'zod';
import type { Json } from '../application/form.ts';

const Name = z.string().min(1).max(500);
const Length = z
  .number()
  .int()
  .min(1)
  .max(86_400_000 * 3_650);
/** It came as JSON; the store says so when it is none or too large. */
const Value = z.unknown() as unknown as z.ZodType<Json>;
const Limit = z.number().int().min(1).max(1_000);
const Condition = {
  /** Revision that must be there; null: nothing. */
  expected: z.number().int().nullable().optional(),
  /** A lease that nobody else may have taken. */
  lease: z.object({ key: Name, fence: z.number().int() }).optional(),
};

export const DataActSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('get'), key: Name }),
  z.strictObject({ act: z.literal('set'), key: Name, value: Value, expiresInMs: Length.optional(), ...Condition }),
  z.strictObject({ act: z.literal('delete'), key: Name, ...Condition }),
  z.strictObject({ act: z.literal('increment'), key: Name, by: z.number(), expiresInMs: Length.optional() }),
  z.strictObject({
    act: z.literal('list'),
    prefix: z.string().max(500).optional(),
    after: Name.nullable().optional(),
    limit: Limit,
  }),
  z.strictObject({
    act: z.literal('append'),
    collection: Name,
    values: z.array(Value).min(1).max(10_000),
    expiresInMs: Length.optional(),
  }),
  z.strictObject({
    act: z.literal('page'),
    collection: Name,
    after: z.number().int().nullable().optional(),
    limit: Limit,
  }),
  z.strictObject({ act: z.literal('count'), collection: Name }),
  z.strictObject({ act: z.literal('remove'), collection: Name, positions: z.array(z.number().int()).max(10_000) }),
  z.strictObject({ act: z.literal('drop'), collection: Name }),
  z.strictObject({ act: z.literal('acquire'), key: Name, holder: Name, ttlMs: Length }),
  z.strictObject({ act: z.literal('renew'), key: Name, fence: z.number().int(), ttlMs: Length }),
  z.strictObject({ act: z.literal('release'), key: Name, fence: z.number().int() }),
]);
export type DataAct = z.infer<typeof DataActSchema>;

export interface DataEntryView {
  readonly key: string;
  readonly value: unknown;
  readonly revision: number;
}

/** Answers by act. */
export interface DataAnswers {
  readonly get: DataEntryView | null;
  readonly set: { readonly written: boolean; readonly revision?: number; readonly found?: DataEntryView | null };
  readonly delete: { readonly deleted: boolean };
  readonly increment: { readonly value: number };
  readonly list: { readonly items: readonly DataEntryView[]; readonly next: string | null };
  readonly append: readonly number[];
  readonly page: {
    readonly items: readonly { readonly position: number; readonly value: unknown }[];
    readonly next: number | null;
  };
  readonly count: number;
  readonly remove: number;
  readonly drop: number;
  readonly acquire: { readonly acquired: boolean; readonly fence?: number; readonly until: number };
  readonly renew: boolean;
  readonly release: boolean;
}
