// Headers that a route sets, adds and removes.

import type { HeaderRules } from '@sluice/protocol';
import type { Policy } from '../exchange/exchange.ts';
import { HOP_HEADERS } from '../exchange/headers.ts';

type Headers = Record<string, string | readonly string[]>;

/** Headers that say where a message ends, or belong to one connection: a rule about them would make two readers disagree. */
const FORBIDDEN: ReadonlySet<string> = new Set([...HOP_HEADERS, 'content-length', 'expect', 'host']);

export function headerPolicy(request: HeaderRules | undefined, response: HeaderRules | undefined): Policy | null {
  if (!request && !response) return null;
  return (next) => async (exchange) => {
    if (request) apply(request, exchange.headers);
    const answer = await next(exchange);
    if (!response) return answer;
    const headers: Headers = { ...answer.headers };
    apply(response, headers);
    return { ...answer, headers };
  };
}

/** What is wrong with rules, for whoever saves them. */
export function headerProblems(rules: HeaderRules | undefined, place: string): string[] {
  if (!rules) return [];
  const { set, add, remove } = rules;
  const problems = [...Object.keys(set), ...Object.keys(add), ...remove]
    .filter((name) => FORBIDDEN.has(name.toLowerCase()))
    .map((name) => `${place} names "${name}", which belongs to the connection`);
  for (const [name, value] of [...Object.entries(set), ...Object.entries(add)])
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      problems.push(`${place} gives "${name}" a value that is not one line`);
  return problems;
}

function apply({ set, add, remove }: HeaderRules, headers: Headers): void {
  for (const name of remove) delete headers[name.toLowerCase()];
  for (const name in add) headers[name.toLowerCase()] ??= add[name]!;
  for (const name in set) headers[name.toLowerCase()] = set[name]!;
}
