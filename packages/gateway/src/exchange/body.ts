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
  for await (const part of content as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) {
      content.destroy();
      throw new SluiceError('gateway.too_large', { maxBytes });
    }
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
}

/** The body of a request, read once and kept for whoever comes next. @throws SluiceError `gateway.too_large` */
export async function bodyOf(exchange: Exchange, maxBytes: number): Promise<Buffer> {
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
