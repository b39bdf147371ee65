// A route while it is being written: any JSON, read and written by the path of a member; and what is wrong with it, by
// the same paths.

import { type Json, RouteDefinition } from '@sluice/protocol';
import type { z } from 'zod';

export type Draft = { readonly [name: string]: Json };

export type Place = readonly string[];

export function read(draft: Json | undefined, place: Place): Json | undefined {
  let value: Json | undefined = draft;
  for (const name of place) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as Draft)[name];
  }
  return value;
}

/** @param value  undefined takes the member out */
export function write(draft: Draft, place: Place, value: Json | undefined): Draft {
  const [name, ...rest] = place as [string, ...string[]];
  const { [name]: before, ...others } = draft;
  if (rest.length > 0) {
    const inside = typeof before === 'object' && before !== null && !Array.isArray(before) ? (before as Draft) : {};
    return { ...draft, [name]: write(inside, rest, value) };
  }
  return value === undefined ? others : { ...draft, [name]: value };
}

/** What is wrong, by path such as `target.topology`; the whole by the empty path. */
export function problemsOf(draft: Draft): Record<string, string> {
  const result = RouteDefinition.safeParse(draft);
  if (result.success) return {};
  const problems: Record<string, string> = {};
  for (const { path, message } of result.error.issues.flatMap((issue) => closest(issue, [])))
    problems[path.join('.')] ??= message;
  return problems;
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Where several shapes are possible, the one that is meant is the one that fits best. */
function closest(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Found[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
  const branches = issue.errors.map((issues) => issues.flatMap((one) => closest(one, path)));
  const isKind = ({ path: at }: Found): boolean => at.at(-1) === 'kind';
  const meant = branches.filter((branch) => !branch.some(isKind));
  return (
    [...(meant.length > 0 ? meant : branches)].sort((a, b) => a.length - b.length)[0] ?? [
      { path, message: issue.message },
    ]
  );
}

export const EMPTY: Draft = {
  name: '',
  path: '/',
  methods: ['POST'],
  access: { scopes: [] },
  target: { kind: 'process', topology: '', start: '' },
};
