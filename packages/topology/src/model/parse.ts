// From unknown JSON to a model, or to all that is wrong with it.

import type { Problem } from '../validation/problem.ts';
import { type TopologyModel, TopologySchema } from './schema.ts';

export type Parsed =
  | { readonly ok: true; readonly model: TopologyModel }
  | { readonly ok: false; readonly problems: Problem[] };

/** Check the shape of a model. The graph is checked apart, by `validate`, because a draft may still be unfinished. */
export function parseModel(raw: unknown): Parsed {
  const result = TopologySchema.safeParse(raw);
  if (result.success) return { ok: true, model: result.data };
  const problems = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return { code: 'model.shape', path, message: `${path || 'The model'}: ${issue.message}.` };
  });
  return { ok: false, problems };
}
