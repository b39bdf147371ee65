// From unknown JSON to a model, or to all that is wrong with it.

import type { Problem } from '../validation/problem.ts';
import { type TopologyModel, TopologySchema } from './schema.ts';

export type Parsed =
  | { readonly ok: true; readonly model: TopologyModel }
  | { readonly ok: false; readonly problems: Problem[] };

/** What walks a model may recurse: nobody draws this deep, and a stack has an end. */
const MAX_DEPTH = 100;

/** Check the shape of a model. The graph is checked apart, by `validate`, because a draft may still be unfinished. */
export function parseModel(raw: unknown): Parsed {
  if (isDeeper(raw, MAX_DEPTH)) {
    const message = `The model is nested deeper than ${MAX_DEPTH} levels.`;
    return { ok: false, problems: [{ code: 'model.too_deep', path: '', message }] };
  }
  const result = TopologySchema.safeParse(raw);
  if (result.success) return { ok: true, model: result.data };
  const problems = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return { code: 'model.shape', path, message: `${path || 'The model'}: ${issue.message}.` };
  });
  return { ok: false, problems };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
