// What an import leaves behind for the next one: the names that connectors have, what their operations were, and what its files
// were when it wrote them.

import { createHash } from 'node:crypto';
import { z } from 'zod';

const RecordSchema = z.object({
  format: z.literal(1),
  /** What was said when it was imported, and holds until it is said anew. */
  options: z.record(z.string(), z.json()),
  operations: z.array(z.object({ endpoint: z.string(), name: z.string(), shape: z.string() })),
  /** By path: how the text began its life. */
  files: z.record(z.string(), z.string()),
});
export type ImportRecord = z.infer<typeof RecordSchema>;

/** @throws Error in words */
export function parseRecord(text: string): ImportRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`it is no JSON (${(cause as Error).message})`, { cause });
  }
  const parsed = RecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`).join('; '));
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const WORDS = new Set(['description', 'title', 'examples', '$comment']);

/** The same for two operations that differ in words only. */
export const shapeText = (value: unknown): string => digest(JSON.stringify(withoutWords(value)) ?? '');

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !(WORDS.has(key) && typeof member === 'string') && key !== 'examples')
      .map(([key, member]) => [key, withoutWords(member)]),
  );
}
