// The way to an issuer: short, bounded, and closed for a while when nobody answers.
//
// Its address was set by an administrator, as those of services behind routes are, and goes by the same rules as those:
// any address, no redirect. Nothing of a request decides where it leads; `jku`, `x5u` and `iss` of a token never do.

import { SluiceError } from '@sluice/protocol';
import { type Dispatcher, request } from 'undici';

const MOST_BYTES = 512 * 1024;
const MOST_AT_ONCE = 32;
const OPEN_MS = 5_000;

export interface LineOptions {
  readonly agent: Dispatcher;
  readonly timeoutMs: number;
  readonly now: () => number;
}

interface Init {
  readonly method?: string | undefined;
  readonly headers?: Headers | Record<string, string>;
  readonly body?: unknown;
}

export class IssuerLine {
  readonly #name: string;
  readonly #options: LineOptions;
  #brokenUntil = 0;
  #reason = '';
  #underway = 0;

  constructor(name: string, options: LineOptions) {
    this.#name = name;
    this.#options = options;
  }

  /**
   * As `fetch`, for libraries that bring their own requests. Answers 200 and 4xx.
   * @throws SluiceError `gateway.issuer_unavailable`
   */
  readonly fetch = async (url: string, { method = 'GET', headers, body }: Init = {}): Promise<Response> => {
    const { now, agent, timeoutMs } = this.#options;
    if (this.#brokenUntil > now()) throw this.unavailable(this.#reason);
    if (this.#underway >= MOST_AT_ONCE) throw this.unavailable('too many questions at once');
    this.#underway++;
    try {
      const answer = await request(url, {
        dispatcher: agent,
        method: method as 'GET',
        headers: Object.fromEntries(new Headers(headers)),
        body: body instanceof URLSearchParams ? body.toString() : ((body as string | undefined) ?? null),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (answer.statusCode >= 500) {
        await answer.body.dump();
        throw new Error(`it answered ${answer.statusCode}`);
      }
      const bytes = await readBounded(answer.body);
      const type = String(answer.headers['content-type'] ?? 'application/json');
      return new Response(new Uint8Array(bytes), { status: answer.statusCode, headers: { 'content-type': type } });
    } catch (error) {
      this.#reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      if ((error as Error).name === 'TimeoutError') this.#reason = `no answer within ${timeoutMs} ms`;
      this.#brokenUntil = now() + OPEN_MS;
      throw this.unavailable(this.#reason, error);
    } finally {
      this.#underway--;
    }
  };

  unavailable(reason: string, cause?: unknown): SluiceError {
    const retryAfterMs = Math.max(1_000, this.#brokenUntil - this.#options.now());
    const details = { name: this.#name, reason, retryAfterMs };
    return new SluiceError('gateway.issuer_unavailable', details, { cause }) as unknown as SluiceError;
  }
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MOST_BYTES) throw new Error(`its answer is larger than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
