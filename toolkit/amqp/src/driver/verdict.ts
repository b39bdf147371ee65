// Reply codes of AMQP 0-9-1: https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf, section 1.5.5

import { Fail, Redeliver, type Verdict } from '@sluice/sdk';

const CODES: Readonly<Record<number, string>> = {
  311: 'content_too_large',
  403: 'access_refused',
  404: 'not_found',
  406: 'precondition_failed',
  530: 'not_allowed',
};

/** Null when the broker did not say it. */
export function verdictOf(who: string, error: unknown): Verdict | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  const said = Number(/\b(3|4|5)\d\d\b/.exec(String(code ?? /\b[345]\d\d\b/.exec(error.message)?.[0] ?? ''))?.[0]);
  const name = CODES[said];
  if (name) return new Fail(`${who} refused: ${error.message}`, { code: `amqp.${name}`, cause: error });
  if (/ACCESS_REFUSED|ACCESS-REFUSED/i.test(error.message))
    return new Fail(`${who} refused user or password: ${error.message}`, { code: 'amqp.access_refused', cause: error });
  if (/closed|ended|closing|heartbeat|nack|ETIMEDOUT/i.test(error.message) || error.name === 'IllegalOperationError')
    return new Redeliver(`${who}: ${error.message}`, { cause: error });
  return null;
}
