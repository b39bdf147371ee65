// Bodies on their way: read whole where somebody must see them, bounded always.

import { isUtf8 } from 'node:buffer';
import { Readable, Transform } from 'node:stream';
import { type Body, SluiceError } from '@sluice/protocol';
import type { Content, Exchange } from './exchange.ts';

/** @throws SluiceError `gateway.too_large` */
export async function readAll(content: Content, maxBytes: number): Promise<Buffer> {
  if (content === null) return Buffer.alloc(0);
  if (typeof content === 'string' || content instanceof Uint8Array) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : asBuffer(content);
    if (bytes.length > maxBytes) throw new SluiceError('gateway.too_large', { maxBytes });
    return bytes;
  }
  const parts: Buffer[] = [];
  let length = 0;
  // Not destroyed when it is too much: a request's connection still has to carry the answer.
  for await (const part of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw new SluiceError('gateway.too_large', { maxBytes });
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
}

/** The body of a request, read once and kept for whoever comes next. @throws SluiceError `gateway.too_large` */
export async function bodyOf(exchange: Exchange, maxBytes: number): Promise<Buffer> {
  if (isStream(exchange.body) && Number(exchange.headers['content-length'] ?? 0) > maxBytes)
    throw new SluiceError('gateway.too_large', { maxBytes });
  const bytes = await readAll(exchange.body, maxBytes);
  exchange.body = bytes;
  return bytes;
}

/** Text when it is UTF-8, else bytes: how messages carry it. */
export function messageBody(bytes: Buffer): Body {
  if (bytes.length === 0) return '';
  return isUtf8(bytes) ? bytes.toString('utf8') : new Uint8Array(bytes);
}

/** A stream that breaks off when more passes than it may. */
export function bounded(stream: Readable, maxBytes: number): Readable {
  let length = 0;
  const counter = new Transform({
    transform(part: Buffer, _encoding, done) {
      length += part.length;
      if (length > maxBytes) done(new SluiceError('gateway.too_large', { maxBytes }));
      else done(null, part);
    },
  });
  stream.on('error', (error) => counter.destroy(error));
  counter.on('close', () => {
    if (!stream.readableEnded) stream.unpipe(counter);
  });
  return stream.pipe(counter);
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isStream = (content: Content): content is Readable => content instanceof Readable;

/** The whole content when it has at most so many bytes; else a stream of it, from its begin. */
export async function readUpTo(
  content: Content,
  maxBytes: number,
): Promise<
  { readonly whole: Buffer; readonly body: Buffer } | { readonly whole: null; readonly body: Readable | Buffer }
> {
  if (!isStream(content)) {
    const bytes = await readAll(content, Number.POSITIVE_INFINITY);
    return bytes.length <= maxBytes ? { whole: bytes, body: bytes } : { whole: null, body: bytes };
  }
  const parts: Buffer[] = [];
  let length = 0;
  const rest = content[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = (await rest.next()) as IteratorResult<Buffer, undefined>;
    if (done) {
      const whole = Buffer.concat(parts, length);
      return { whole, body: whole };
    }
    parts.push(value);
    length += value.length;
    if (length > maxBytes) break;
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    yield* parts;
    yield* { [Symbol.asyncIterator]: () => rest } as AsyncIterable<Buffer>;
  };
  return { whole: null, body: Readable.from(all(), { objectMode: false }) };
}
