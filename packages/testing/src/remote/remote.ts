// Remote services of a test: scripted, recorded, or replayed. Requests of the SDK's sender come here instead of to the network.

import { SluiceError } from '@sluice/protocol';
import { maskUrl, type WireAnswer, type WireRequest } from '@sluice/sdk';
import { type Exchange, Recording, readBody } from './recording.ts';
import { type Expectation, Script, type Scripted, type SeenRequest } from './script.ts';

/** Waits until nobody waits for the answer any more, and rejects with why. */
export type UntilAborted = (signal: AbortSignal) => Promise<never>;

interface Source {
  /** @returns null when the request was not expected */
  answer(request: SeenRequest, wire: WireRequest): Promise<Scripted | null>;
  /** All that could be asked, in words. */
  readonly expected: readonly string[];
  /** What must still be asked, in words. */
  readonly left: readonly string[];
  close(): void;
}

export class Remote {
  readonly #source: Source;
  readonly #unexpected: string[] = [];
  /** Every request that came, in order. */
  readonly requests: SeenRequest[] = [];
  /** Requests go out to the real services. */
  readonly recording: boolean;

  /** @internal  made by `remote.script`, `remote.record` and `remote.replay` */
  constructor(source: Source, recording = false) {
    this.#source = source;
    this.recording = recording;
  }

  async exchange(wire: WireRequest, untilAborted: UntilAborted): Promise<WireAnswer> {
    const request = seen(wire);
    this.requests.push(request);
    const answer = await this.#source.answer(request, wire);
    if (answer === null) {
      this.#unexpected.push(inWords(request));
      throw this.#fault();
    }
    if (answer === 'timeout') return untilAborted(wire.signal);
    if (answer === 'reset')
      throw Object.assign(new Error('the remote service closed the connection'), { code: 'ECONNRESET' });
    const { status = 200, headers = {}, json, body = json === undefined ? '' : JSON.stringify(json) } = answer;
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    return { status, headers: { ...type, ...headers }, body: inOnePiece(body) };
  }

  /** @throws SluiceError `test.unexpected_request` when one came: the step may have hidden it */
  check(): void {
    if (this.#unexpected.length > 0) throw this.#fault();
  }

  /** What was announced and not asked. */
  get left(): readonly string[] {
    return this.#source.left;
  }

  async close(): Promise<void> {
    this.#source.close();
  }

  #fault(): SluiceError {
    return new SluiceError('test.unexpected_request', {
      request: this.#unexpected.join(', '),
      expected: this.#source.expected,
    });
  }
}

export const remote = {
  /** Answers in process. Every exchange must come as often as it says; a request that none matches fails the test. */
  script: (exchanges: readonly Expectation[]): Remote => new Remote(new Script(exchanges)),
  /** Lets requests out to the real services and writes every exchange to a file, secrets masked. */
  record: (file: string | URL): Remote => new Remote(Recording.write(file), true),
  /** Answers as a file of recorded exchanges says, each once, in their order for equal requests. */
  replay: (file: string | URL): Remote => new Remote(Recording.read(file)),
};

function seen({ url, method, headers, body }: WireRequest): SeenRequest {
  return { method, url: url.href, headers, ...readBody(body) };
}

export function inWords({ method, url }: SeenRequest | Exchange['request']): string {
  return `${method} ${maskUrl(new URL(url))}`;
}

async function* inOnePiece(body: string | Uint8Array): AsyncIterable<Uint8Array> {
  yield typeof body === 'string' ? new TextEncoder().encode(body) : body;
}
