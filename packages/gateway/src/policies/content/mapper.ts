// JSONata mappings of a request and of an answer, by expressions that run elsewhere, bounded in time and memory.

import type { Expressions } from '@sluice/engine';
import { SluiceError } from '@sluice/protocol';
import type { Answer, Exchange } from '../../exchange/exchange.ts';
import { queryValues } from '../parameter-schemas.ts';

export class Mapper {
  readonly #expressions: Expressions;
  readonly #maxBytes: number;

  /** @param maxBytes  a result may have, as JSON */
  constructor(expressions: Expressions, maxBytes: number) {
    this.#expressions = expressions;
    this.#maxBytes = maxBytes;
  }

  /**
   * Over `{headers, body, user, params, query, method, path, consumer}`.
   * @throws SluiceError `gateway.request_unmappable`
   */
  async request(expression: string, exchange: Exchange, body: unknown): Promise<unknown> {
    const { headers, params, query, user, consumer, line } = exchange;
    const input = {
      params: { ...params },
      query: queryValues(query),
      method: line.method,
      path: line.path,
      consumer: consumer?.name ?? null,
    };
    try {
      return await this.#evaluate(expression, headers, user, body, input);
    } catch (error) {
      throw new SluiceError('gateway.request_unmappable', { reason: reasonOf(error) }, { cause: error });
    }
  }

  /** Over `{headers, body, status}`. @throws SluiceError `gateway.answer_unmappable` */
  async answer(
    expression: string,
    { status, headers }: Pick<Answer, 'status' | 'headers'>,
    body: unknown,
    user: string,
  ): Promise<unknown> {
    const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    try {
      return await this.#evaluate(expression, texts, user, body, { status });
    } catch (error) {
      throw new SluiceError('gateway.answer_unmappable', { reason: reasonOf(error) }, { cause: error });
    }
  }

  async #evaluate(
    expression: string,
    headers: Readonly<Record<string, string>>,
    user: string,
    body: unknown,
    more: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const text = JSON.stringify(body ?? null);
    const result = await this.#expressions.evaluate(expression, {
      headers,
      user,
      contentType: 'application/json',
      body: text,
      more,
    });
    if (result !== undefined && JSON.stringify(result).length > this.#maxBytes)
      throw new Error(`its result has more than ${this.#maxBytes} characters`);
    return result;
  }
}

/** Without the text of the expression: it is the business of whoever runs the gateway. */
function reasonOf(error: unknown): string {
  if (!(error instanceof SluiceError)) return (error as Error).message;
  const { reason, limitMs } = error.details as { reason?: string; limitMs?: number };
  return limitMs === undefined ? (reason ?? error.message) : `the mapping took longer than ${limitMs} ms`;
}
