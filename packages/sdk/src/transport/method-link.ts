// Calls of methods by link: bodies are binary frames under flow control (protocol/worker/flow.ts).

import {
  chunkFrame,
  Inflow,
  type MethodCall,
  Outflow,
  readChunk,
  type StreamFrame,
  type WorkerFrame,
} from '@sluice/protocol';
import { runMethod } from '../application/method-runner.ts';
import { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import type { Host } from '../step/host.ts';

interface Exchange {
  readonly abort: Abort;
  readonly request: Inflow;
  readonly answer: Outflow;
}

/** Methods that run for one connection. */
export class LinkMethods {
  readonly #catalogue: Catalogue;
  readonly #host: Host;
  readonly #send: (frame: WorkerFrame | Uint8Array) => void;
  readonly #onEnded: () => void;
  readonly #exchanges = new Map<number, Exchange>();

  constructor(parts: {
    catalogue: Catalogue;
    host: Host;
    send: (frame: WorkerFrame | Uint8Array) => void;
    onEnded: () => void;
  }) {
    this.#catalogue = parts.catalogue;
    this.#host = parts.host;
    this.#send = parts.send;
    this.#onEnded = parts.onEnded;
  }

  /** Methods under way. */
  get open(): number {
    return this.#exchanges.size;
  }

  begin(id: number, call: MethodCall, hasBody: boolean): void {
    const exchange: Exchange = {
      abort: new Abort(),
      request: new Inflow((bytes) => this.#send({ t: 'stream.credit', id, bytes })),
      answer: new Outflow((chunk) => this.#send(chunkFrame(id, chunk))),
    };
    if (!hasBody) exchange.request.end();
    this.#exchanges.set(id, exchange);
    void this.#run(id, call, exchange);
  }

  /** @returns false when the platform sent more than it may */
  chunk(frame: Uint8Array): boolean {
    const chunk = readChunk(frame);
    if (!chunk) return false;
    // Of an exchange that has ended: it crossed the end on its way.
    return this.#exchanges.get(chunk.id)?.request.push(chunk.bytes) ?? true;
  }

  take(frame: StreamFrame): void {
    const exchange = this.#exchanges.get(frame.id);
    if (!exchange) return;
    switch (frame.t) {
      case 'stream.credit':
        exchange.answer.credit(frame.bytes);
        return;
      case 'stream.end':
        exchange.request.end();
        return;
      case 'stream.abort':
        this.#giveUp(exchange, frame.reason);
    }
  }

  /** Nobody waits for any of them. */
  stop(reason: string): void {
    for (const exchange of this.#exchanges.values()) this.#giveUp(exchange, reason);
    this.#exchanges.clear();
  }

  #giveUp({ abort, request, answer }: Exchange, reason: string): void {
    const error = new Error(reason);
    abort.abort(error);
    request.fail(error);
    answer.stop();
  }

  async #run(id: number, call: MethodCall, exchange: Exchange): Promise<void> {
    const { head, body } = await runMethod(this.#catalogue, call, exchange.request, this.#host, exchange.abort);
    if (this.#exchanges.get(id) === exchange) {
      this.#send({ t: 'method.answer', id, head });
      try {
        if (await exchange.answer.run(body)) this.#send({ t: 'stream.end', id });
      } catch (error) {
        this.#send({ t: 'stream.abort', id, reason: String((error as Error)?.message ?? error).slice(0, 500) });
      }
    }
    if (this.#exchanges.get(id) === exchange) this.#exchanges.delete(id);
    this.#onEnded();
  }
}
