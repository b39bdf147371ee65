// One request to a service, and the answer as it comes. Neither side holds more than its buffers: a reader that is slow
// makes the sender slow.

import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { SluiceError } from '@sluice/protocol';
import type { Dispatcher } from 'undici';
import { isStream } from '../exchange/body.ts';
import type { Answer, Content, Exchange } from '../exchange/exchange.ts';
import { handedBack } from '../exchange/headers.ts';

export interface Destination {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Until the answer begins, the way there included; a body that goes on being sent has no time to answer yet. */
  readonly timeoutMs: number;
}

/** @throws SluiceError `gateway.timeout`, `gateway.upstream_unreachable` when no answer began */
export function send(
  dispatcher: Dispatcher,
  { origin, path, headers, timeoutMs }: Destination,
  exchange: Exchange,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      {
        origin,
        path,
        method: exchange.line.method,
        headers: headers as Record<string, string>,
        body: arrived(exchange.body) as Readable | Buffer | string | null,
        // The receiver's own time runs from here on. Once an answer began it may be silent for as long as it likes, as events
        // are; a service that is not there any more is found out by its connection.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      new Receiver(exchange, timeoutMs, resolve, reject),
    );
  });
}

/** A body that has come in whole is sent in one piece with its head: cheaper than a stream of one part. */
function arrived(body: Content): Content {
  if (!(body instanceof IncomingMessage) || !body.complete || body.readableEnded) return body;
  const { 'content-length': length } = body.headers;
  return length !== undefined && body.readableLength === Number(length) ? (body.read() as Buffer | null) : body;
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  readonly #timeoutMs: number;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: Error) => void;
  #timer: NodeJS.Timeout;
  #sent: number;
  #controller: Dispatcher.DispatchController | null = null;
  /** Why nobody waits for the answer any more. */
  #given: Error | null = null;
  #status = 0;
  #headers: Answer['headers'] = {};
  /** What came together with the head, and whether that is all of it. */
  readonly #parts: Buffer[] = [];
  #whole = false;
  #failed = false;
  #body: AnswerBody | null = null;

  constructor(
    exchange: Exchange,
    timeoutMs: number,
    resolve: (answer: Answer) => void,
    reject: (error: Error) => void,
  ) {
    this.#exchange = exchange;
    this.#timeoutMs = timeoutMs;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#sent = exchange.request.socket.bytesRead;
    this.#timer = setTimeout(late, timeoutMs, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#given) controller.abort(this.#given);
    else this.#exchange.whenGone(() => controller.abort(new Error('the client is gone')));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // An interim answer, such as 103; undici hides 100 and 101 ends elsewhere.
    if (status < 200) return;
    clearTimeout(this.#timer);
    this.#status = status;
    this.#headers = handedBack(headers);
    // After all that came in the same piece: a small answer is bytes, and only what is still to come is a stream.
    queueMicrotask(() => this.#begin(controller));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#body) this.#parts.push(chunk);
    else if (!this.#body.push(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#whole = true;
    if (!this.#body) return;
    this.#body.whole = true;
    this.#body.push(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#failed = true;
    // Whoever reads it breaks off as well: a part must not look like the whole.
    if (this.#body) this.#body.destroy(error);
    else this.#reject(faultOf(error, this.#timeoutMs));
  }

  #begin(controller: Dispatcher.DispatchController): void {
    if (this.#failed) return;
    const parts = this.#parts;
    if (this.#whole) {
      const body = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      this.#resolve({ status: this.#status, headers: this.#headers, body });
      return;
    }
    this.#body = new AnswerBody(controller);
    let more = true;
    for (const part of parts) more = this.#body.push(part);
    if (!more) controller.pause();
    this.#resolve({ status: this.#status, headers: this.#headers, body: this.#body });
  }

  late(): void {
    const { body, request } = this.#exchange;
    const { bytesRead } = request.socket;
    // Its time to answer begins with the end of what it is sent.
    if (isStream(body) && bytesRead > this.#sent) {
      this.#sent = bytesRead;
      this.#timer = setTimeout(late, this.#timeoutMs, this);
      return;
    }
    this.#given = new SluiceError('gateway.timeout', { timeoutMs: this.#timeoutMs }) as unknown as Error;
    if (this.#controller) this.#controller.abort(this.#given);
    else this.#reject(this.#given); // no connection yet: it is broken off as soon as there is one
  }
}

/** One function for all timers: they are made for every request. */
const late = (receiver: Receiver): void => receiver.late();

class AnswerBody extends Readable {
  readonly #controller: Dispatcher.DispatchController;
  whole = false;

  constructor(controller: Dispatcher.DispatchController) {
    super({ highWaterMark: 64 * 1024 });
    this.#controller = controller;
    // It may break off before anybody reads it: whoever does sees that it was destroyed.
    this.on('error', () => {});
  }

  override _read(): void {
    if (this.#controller.paused) this.#controller.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // Nobody reads on: the service need not go on either.
    if (!this.whole && !this.#controller.aborted) this.#controller.abort(error ?? new Error('nobody reads the answer'));
    callback(error);
  }
}

function faultOf(error: NodeJS.ErrnoException, timeoutMs: number): SluiceError {
  if (error instanceof SluiceError) return error;
  switch (error.code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new SluiceError('gateway.timeout', { timeoutMs }, { cause: error }) as unknown as SluiceError;
    default:
      return new SluiceError(
        'gateway.upstream_unreachable',
        { reason: error.code ?? error.message },
        { cause: error },
      ) as unknown as SluiceError;
  }
}
