// A connector, batch page or custom node of a worker, called with no queue in between.

import type { TargetOf } from '@sluice/protocol';
import { bodyOf } from '../exchange/body.ts';
import type { Handler } from '../exchange/exchange.ts';
import type { Actions } from '../ports/calls.ts';
import { carried } from './process.ts';

export function actionTarget(
  { worker, action, user }: TargetOf<'action'>,
  timeoutMs: number | undefined,
  maxBodyBytes: number,
  actions: Actions,
): Handler {
  return async (exchange) =>
    actions.call({
      worker,
      action,
      user: user ?? exchange.user,
      timeoutMs,
      body: await bodyOf(exchange, maxBodyBytes),
      contentType: exchange.headers['content-type'] ?? '',
      headers: carried(exchange.headers),
      idempotencyKey: exchange.headers['idempotency-key'],
      signal: exchange.signal,
    });
}
