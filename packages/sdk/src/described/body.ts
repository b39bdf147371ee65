// The member `body` of an input as the body of a request.

import { randomUUID } from 'node:crypto';
import type { BodyData } from '@sluice/protocol';
import type { RequestOptions } from '../http/request.ts';
import { inQuery } from './parameters.ts';

/** Bytes in JSON: a file. A plain text stands for its own bytes. */
interface Bytes {
  readonly base64: string;
  readonly name?: string;
  readonly contentType?: string;
}

type Members = Readonly<Record<string, unknown>>;

export function bodyOf(body: BodyData, value: unknown): Pick<RequestOptions, 'body' | 'headers'> {
  const { kind, type } = body;
  const typed = (content: string | Uint8Array, contentType = type) => ({
    body: content,
    headers: { 'content-type': contentType },
  });
  switch (kind) {
    case 'json':
      return typed(JSON.stringify(value));
    case 'form':
      return typed(formOf(body, value as Members));
    case 'multipart': {
      const boundary = `part-${randomUUID()}`;
      return typed(multipartOf(body, value as Members, boundary), `${type}; boundary=${boundary}`);
    }
    case 'text':
      return typed(typeof value === 'string' ? value : JSON.stringify(value));
    case 'bytes':
      return typed(bytesOf(value), (isBytes(value) && value.contentType) || type);
  }
}

const formOf = ({ parts = {} }: BodyData, members: Members): string =>
  Object.entries(members)
    .flatMap(([name, value]) => {
      const part = Object.hasOwn(parts, name) ? parts[name]! : {};
      const isJson = /[/+]json$/.test(part.type ?? '');
      return inQuery({ name, style: isJson ? 'json' : (part.style ?? 'form'), explode: part.explode ?? true }, value);
    })
    .join('&');

/** RFC 7578. A list is a part for each of its items. */
function multipartOf({ parts = {} }: BodyData, members: Members, boundary: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const [name, given] of Object.entries(members)) {
    const type = Object.hasOwn(parts, name) ? parts[name]!.type : undefined;
    for (const value of Array.isArray(given) ? given : [given]) {
      const file = isBytes(value);
      const isText = typeof value !== 'object' || value === null;
      const contentType =
        (file && value.contentType) || type || (file ? 'application/octet-stream' : 'application/json');
      const head = [
        `--${boundary}`,
        `content-disposition: form-data; name="${quoted(name)}"${file ? `; filename="${quoted(value.name ?? name)}"` : ''}`,
        ...(isText && !type ? [] : [`content-type: ${oneLine(contentType)}`]),
      ];
      chunks.push(Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytesOf(value), Buffer.from('\r\n'));
    }
  }
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

function bytesOf(value: unknown): Uint8Array {
  if (isBytes(value)) return Buffer.from(value.base64, 'base64');
  return Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const isBytes = (value: unknown): value is Bytes =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Bytes>).base64 === 'string';

/** As browsers do it. */
const quoted = (text: string): string => text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const oneLine = (text: string): string => text.replaceAll(/[\r\n]/g, ' ');
