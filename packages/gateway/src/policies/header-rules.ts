// Headers that a route sets, adds and removes.

import type { HeaderRules } from '@sluice/protocol';
import type { Policy } from '../exchange/exchange.ts';

type Headers = Record<string, string | readonly string[]>;

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

function apply({ set, add, remove }: HeaderRules, headers: Headers): void {
  for (const name of remove) delete headers[name.toLowerCase()];
  for (const name in add) headers[name.toLowerCase()] ??= add[name]!;
  for (const name in set) headers[name.toLowerCase()] = set[name]!;
}
