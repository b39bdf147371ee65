// The HTTP request of a method, as its author sees it.

import type { HttpMethod, MethodCall } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';

/** A body that is read as a whole is held in memory: larger ones are for `stream`. */
const MOST_BYTES = 64 * 1024 * 1024;

export class MethodRequest {
  readonly method: HttpMethod;
  /** What follows the name of the method: empty, or beginning with a slash; decoded segment by segment is `segments`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the input schema was checked against: the JSON of the body, or the query parameters. Else undefined. */
  input: unknown = undefined;
  readonly #body: AsyncIterable<Uint8Array>;
  #read: Promise<Uint8Array> | null = null;
  #streamed = false;

  constructor({ httpMethod, path, query, headers }: MethodCall, body: AsyncIterable<Uint8Array>) {
    this.method = httpMethod;
    this.path = path;
    this.query = new URLSearchParams(query);
    this.headers = headers;
    this.#body = body;
  }

  get contentType(): string {
    return this.headers['content-type'] ?? '';
  }

  get segments(): string[] {
    return this.path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  }

  /** The body as it comes, once. @throws Error when it was read already */
  stream(): AsyncIterable<Uint8Array> {
    if (this.#read || this.#streamed) throw new Error('The body of this request was read already.');
    this.#streamed = true;
    return this.#body;
  }

  /** @throws Fail `request.too_large` above 64 MiB */
  bytes(): Promise<Uint8Array> {
    if (this.#streamed) throw new Error('The body of this request was read already.');
    this.#read ??= readAll(this.#body);
    return this.#read;
  }

  async text(): Promise<string> {
    return Buffer.from(await this.bytes()).toString('utf8');
  }

  /** @throws Fail `step.input_invalid` when the body is no JSON */
  async json<T = unknown>(): Promise<T> {
    const text = await this.text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      const problem = `the body was expected to be JSON: ${(cause as Error).message}`;
      throw new Fail(`${problem[0]!.toUpperCase()}${problem.slice(1)}.`, {
        cause,
        code: 'step.input_invalid',
        problems: [problem],
      });
    }
  }
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES)
      throw new Fail(`The body is larger than ${MOST_BYTES} bytes; read it with stream().`, {
        code: 'request.too_large',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
