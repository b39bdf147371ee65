// Methods called over one link: bodies are binary frames under flow control (protocol/worker/flow.ts).

import type { MethodBody, MethodResult } from '@sluice/integration';
import {
  chunkFrame,
  Inflow,
  type MethodCall,
  type MethodHead,
  methodHeadFault,
  Outflow,
  type PlatformFrame,
  readChunk,
  type StreamFrame,
} from '@sluice/protocol';

interface Exchange {
  readonly request: Outflow;
  readonly answer: Inflow;
  readonly late: NodeJS.Timeout;
  begun(head: MethodHead): void;
  failed(error: Error): void;
}

/** Bodies are numbered in 32 bits, from 1: a 0 is the mark of packed frames. */
const LAST_ID = 2 ** 32 - 1;

export class LinkMethodCalls {
  readonly #send: (frame: PlatformFrame | Uint8Array) => void;
  readonly #exchanges = new Map<number, Exchange>();
  #last = 0;

  constructor(send: (frame: PlatformFrame | Uint8Array) => void) {
    this.#send = send;
  }

  /** @throws Error in words, when no sound answer began */
  call(call: MethodCall, body: MethodBody | null, signal: AbortSignal): Promise<MethodResult> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId();
      const exchange: Exchange = {
        request: new Outflow((chunk) => this.#send(chunkFrame(id, chunk))),
        answer: new Inflow(
          (bytes) => this.#send({ t: 'stream.credit', id, bytes }),
          () => this.#giveUp(id, 'the caller is gone'),
        ),
        late: setTimeout(() => this.#giveUp(id, `no answer within ${call.timeoutMs} ms`), call.timeoutMs),
        begun: (head) => resolve(head.ok ? { ...head, body: exchange.answer } : head),
        failed: reject,
      };
      this.#exchanges.set(id, exchange);
      signal.addEventListener('abort', () => this.#giveUp(id, 'the caller is gone'), { once: true });
      this.#send({ t: 'method', id, call, hasBody: body !== null });
      if (body !== null) void this.#sendBody(id, exchange, body);
    });
  }

  answered(id: number, head: unknown): void {
    const exchange = this.#exchanges.get(id);
    if (!exchange) return;
    const fault = methodHeadFault(head);
    if (fault) this.#giveUp(id, fault);
    else {
      clearTimeout(exchange.late);
      exchange.begun(head as MethodHead);
    }
  }

  /** @returns false when the worker sent more than it may */
  chunk(frame: Uint8Array): boolean {
    const chunk = readChunk(frame);
    if (!chunk) return false;
    // Of an exchange that has ended: it crossed the end on its way.
    return this.#exchanges.get(chunk.id)?.answer.push(chunk.bytes) ?? true;
  }

  take(frame: StreamFrame): void {
    const exchange = this.#exchanges.get(frame.id);
    if (!exchange) return;
    switch (frame.t) {
      case 'stream.credit':
        exchange.request.credit(Number(frame.bytes) || 0);
        return;
      case 'stream.end':
        this.#exchanges.delete(frame.id);
        clearTimeout(exchange.late);
        exchange.request.stop();
        exchange.answer.end();
        // Of no effect on one that has begun.
        exchange.failed(new Error('the answer ended before it began'));
        return;
      case 'stream.abort':
        this.#end(frame.id, exchange, String(frame.reason));
    }
  }

  /** The link is gone. */
  lost(reason: string): void {
    for (const [id, exchange] of this.#exchanges) this.#end(id, exchange, reason);
  }

  async #sendBody(id: number, exchange: Exchange, body: MethodBody): Promise<void> {
    try {
      if (await exchange.request.run(body)) this.#send({ t: 'stream.end', id });
    } catch (error) {
      this.#giveUp(id, `the body of the request broke off: ${(error as Error).message}`);
    }
  }

  #giveUp(id: number, reason: string): void {
    const exchange = this.#exchanges.get(id);
    if (!exchange) return;
    this.#send({ t: 'stream.abort', id, reason });
    this.#end(id, exchange, reason);
  }

  #end(id: number, { request, answer, late, failed }: Exchange, reason: string): void {
    clearTimeout(late);
    this.#exchanges.delete(id);
    request.stop();
    answer.fail(new Error(reason));
    failed(new Error(reason));
  }

  #nextId(): number {
    do this.#last = (this.#last % LAST_ID) + 1;
    while (this.#exchanges.has(this.#last));
    return this.#last;
  }
}
