// What a body says: read in the format it comes in, judged by a schema, mapped to what the target takes; and the answer the other way.
//
//   request   format → JSON → schema → mapping → target
//   client    ← format ← schema ← mapping ← JSON   answer
//
// A route that does none of it has no such policy, and its bodies pass as streams.

import { type ContentFormat, type RouteDefinition, SluiceError } from '@sluice/protocol';
import { discard } from '../../exchange/answer.ts';
import { bodyOf, readAll } from '../../exchange/body.ts';
import type { Answer, Exchange, Policy } from '../../exchange/exchange.ts';
import { type Check, compileSchema } from '../schema/json-schema.ts';
import { FORMATS, formatOf } from './formats.ts';
import type { Mapper } from './mapper.ts';
import { mediaTypeOf, textOf, wanted } from './negotiation.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export function contentPolicy(
  { request = {}, response = {} }: RouteDefinition,
  mapper: Mapper,
  maxBytes: number,
): Policy | null {
  const inwards =
    request.accepts ?? (request.schema !== undefined || request.map !== undefined ? ['json' as const] : null);
  const outwards = response.map !== undefined || response.schema !== undefined || response.produces !== undefined;
  if (!inwards && !outwards) return null;
  const checkRequest = request.schema === undefined ? null : compileSchema(request.schema, 'body');
  const checkAnswer = response.schema === undefined ? null : compileSchema(response.schema, 'body');
  return (next) => async (exchange) => {
    // Found out before anything is done.
    const format = response.produces ? wanted(exchange.headers.accept, response.produces) : 'json';
    if (inwards) await readRequest(exchange, inwards, checkRequest, request.map, mapper, maxBytes);
    // What the target is asked for is what can be read here.
    if (outwards) {
      exchange.headers.accept = 'application/json';
      delete exchange.headers['accept-encoding'];
    }
    const answer = await next(exchange);
    return outwards
      ? writeAnswer(
          exchange,
          answer,
          format,
          { map: response.map, check: checkAnswer, negotiated: response.produces !== undefined },
          mapper,
          maxBytes,
        )
      : answer;
  };
}

async function readRequest(
  exchange: Exchange,
  accepts: readonly ContentFormat[],
  check: Check | null,
  map: string | undefined,
  mapper: Mapper,
  maxBytes: number,
): Promise<void> {
  const bytes = await bodyOf(exchange, maxBytes);
  let value: unknown = null;
  if (bytes.length > 0) value = await read(exchange, bytes, accepts);
  else if (check && !mayBeEmpty(exchange))
    throw new SluiceError('gateway.request_invalid', {
      problems: [{ in: 'body', pointer: '', message: 'must not be empty' }],
    });
  else if (map === undefined) return;
  if (check && bytes.length > 0) {
    const problems = check(value);
    if (problems.length > 0) throw new SluiceError('gateway.request_invalid', { problems });
  }
  if (map !== undefined) value = await mapper.request(map, exchange, value);
  replaceBody(exchange, value === undefined ? null : JSON.stringify(value));
}

async function read({ headers }: Exchange, bytes: Buffer, accepts: readonly ContentFormat[]): Promise<unknown> {
  const { type, charset } = mediaTypeOf(headers['content-type']);
  const format = formatOf(type);
  const refuse = (found: string): never => {
    throw new SluiceError('gateway.format_refused', { found, accepted: accepts.flatMap((one) => FORMATS[one].types) });
  };
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') return refuse(`${type} in the coding ${coding}`);
  if (format === null || !accepts.includes(format)) return refuse(type === '' ? 'no type' : `the type ${type}`);
  let text: string;
  try {
    text = textOf(bytes, charset);
  } catch (error) {
    if (error instanceof RangeError) return refuse(`the charset ${charset}`);
    throw new SluiceError('gateway.body_unreadable', { format, reason: `it is no text in ${charset}` });
  }
  try {
    return await FORMATS[format].read(text);
  } catch (error) {
    throw new SluiceError('gateway.body_unreadable', { format, reason: (error as Error).message }, { cause: error });
  }
}

const mayBeEmpty = ({ line: { method } }: Exchange): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'DELETE';

function replaceBody(exchange: Exchange, text: string | null): void {
  delete exchange.headers['content-length'];
  delete exchange.headers['content-type'];
  exchange.body = text;
  if (text === null) return;
  exchange.headers['content-type'] = 'application/json';
  exchange.headers['content-length'] = String(Buffer.byteLength(text));
}

interface AnswerRules {
  readonly map: string | undefined;
  readonly check: Check | null;
  readonly negotiated: boolean;
}

async function writeAnswer(
  exchange: Exchange,
  answer: Answer,
  format: ContentFormat,
  { map, check, negotiated }: AnswerRules,
  mapper: Mapper,
  maxBytes: number,
): Promise<Answer> {
  const { status } = answer;
  if (answer.body === null || status === 204 || status === 304 || exchange.line.method === 'HEAD') return answer;
  // The schema is of what is promised when all went well; what a service says else is often no JSON, and better than nothing.
  const good = status < 300;
  if (!good && map === undefined && !negotiated) return answer;
  const { type, charset } = mediaTypeOf([answer.headers['content-type']].flat()[0]);
  if (formatOf(type) !== 'json') {
    if (!good) return answer;
    throw new SluiceError('gateway.answer_unmappable', {
      reason: `it is ${type || 'of no type'}, and JSON was expected`,
    });
  }
  const bytes = await readBounded(answer, maxBytes);
  let value: unknown;
  try {
    value = bytes.length === 0 ? null : await FORMATS.json.read(textOf(bytes, charset));
  } catch (error) {
    if (!good) return { ...answer, body: bytes };
    throw new SluiceError('gateway.answer_unmappable', { reason: (error as Error).message }, { cause: error });
  }
  let mapped =
    map === undefined ? value : await mapper.answer(map, { status, headers: answer.headers }, value, exchange.user);
  // A mapping that has nothing for a failure leaves it as it is.
  if (mapped === undefined && !good) mapped = value;
  if (check && good) {
    const problems = check(mapped ?? null);
    if (problems.length > 0) throw new SluiceError('gateway.answer_invalid', { problems });
  }
  const { 'content-length': _, etag: __, 'last-modified': ___, ...headers } = answer.headers;
  // What was made here has no name that the service gave to something else.
  const named = map === undefined && format === 'json' && !negotiated ? answer.headers : headers;
  if (mapped === undefined) return { status, headers: withVary(headers, negotiated), body: null };
  try {
    const body = await FORMATS[format].write(mapped);
    const contentType = format === 'json' ? JSON_TYPE : `${FORMATS[format].types[0]}; charset=utf-8`;
    const { 'content-length': _length, ...kept } = named as Record<string, string>;
    return { status, headers: { ...withVary(kept, negotiated), 'content-type': contentType }, body };
  } catch (error) {
    throw new SluiceError('gateway.answer_unmappable', { reason: (error as Error).message }, { cause: error });
  }
}

async function readBounded({ body }: Answer, maxBytes: number): Promise<Buffer> {
  try {
    return await readAll(body, maxBytes);
  } catch (error) {
    discard(body);
    if (error instanceof SluiceError && error.code === 'gateway.too_large')
      throw new SluiceError('gateway.answer_unmappable', { reason: `it has more than ${maxBytes} bytes` });
    throw error;
  }
}

function withVary(headers: Answer['headers'], negotiated: boolean): Answer['headers'] {
  if (!negotiated) return headers;
  const before = [headers.vary ?? []].flat().join(', ');
  return { ...headers, vary: before === '' ? 'accept' : `${before}, accept` };
}
