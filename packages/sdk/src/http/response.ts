// An answer: status, headers, and a body that is read as bytes, text or JSON.

import { excerpt } from '@sluice/protocol';
import { Fail } from '../step/errors.ts';
import { maskText } from './masking.ts';

export class HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array;

  constructor(status: number, headers: HttpResponse['headers'], bytes: Uint8Array) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  /**
   * The body as text in the character set its content type names, else UTF-8.
   * @throws Fail when the bytes are not of that character set: a damaged text would go on as if nothing were wrong
   */
  text(): string {
    const charset = /charset=["']?([\w.:-]+)/i.exec(String(this.headers['content-type'] ?? ''))?.[1] ?? 'utf-8';
    try {
      return new TextDecoder(charset, { fatal: true }).decode(this.bytes);
    } catch (cause) {
      throw new Fail(
        `The remote service answered ${this.status} with ${this.bytes.byteLength} bytes that are no text in ${charset}. Read "bytes" instead.`,
        { cause },
      );
    }
  }

  /** @throws Fail when the answer is not JSON */
  json<T = unknown>(): T {
    const text = this.text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Fail(
        `The remote service answered ${this.status} with something that is no JSON: ${excerpt(maskText(text))}`,
        { cause },
      );
    }
  }
}

/** @throws Fail when there is more than `maxBytes` */
export async function readBounded(body: AsyncIterable<Uint8Array>, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new Fail(`The answer of ${url} is larger than ${maxBytes} bytes. Raise maxBytes, or ask for less.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
