// The routes of this gateway, described for whoever calls: who may know of them is the route's own access.

import type { TargetOf } from '@sluice/protocol';
import type { Describe } from '../description/descriptions.ts';
import { discard } from '../exchange/answer.ts';
import type { Handler } from '../exchange/exchange.ts';

export function descriptionTarget(target: TargetOf<'description'>, describe: Describe): Handler {
  return async (exchange) => {
    discard(exchange.body);
    const body = await describe(target, exchange);
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
  };
}
