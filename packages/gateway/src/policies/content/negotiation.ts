// Which format a body has, and which one a client wants (RFC 9110, section 12).

import { type ContentFormat, SluiceError } from '@sluice/protocol';
import Negotiator from 'negotiator';
import { FORMATS, formatOf } from './formats.ts';

export interface MediaType {
  /** In lower case, without parameters. */
  readonly type: string;
  readonly charset: string;
}

export function mediaTypeOf(header: string | undefined): MediaType {
  const [type = '', ...parameters] = (header ?? '').split(';');
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(one)?.[1]).find((one) => one);
  return { type: type.trim().toLowerCase(), charset: charset?.toLowerCase() ?? 'utf-8' };
}

/** @throws Error when the bytes are no text of that charset, or nobody knows it */
export function textOf(bytes: Uint8Array, charset: string): string {
  return new TextDecoder(charset, { fatal: true }).decode(bytes);
}

/**
 * The format of an answer that a client likes best; of those it likes the same, the first that the route has.
 * @throws SluiceError `gateway.not_acceptable`
 */
export function wanted(accept: string | undefined, produces: readonly ContentFormat[]): ContentFormat {
  if (accept === undefined || accept === '*/*') return produces[0]!;
  const types = produces.flatMap((format) => FORMATS[format].types);
  const type = new Negotiator({ headers: { accept } }).mediaType(types);
  const format = type === undefined ? null : formatOf(type);
  if (format === null) throw new SluiceError('gateway.not_acceptable', { produced: types });
  return format;
}
