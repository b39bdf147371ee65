// The body/headers contract of the existing wire, both directions, for the http transport.
//
// Source: recorded exchanges of the existing SDK. The traps it upholds:
//   - the request is ASCII only (\uXXXX), because existing workers cut multi-byte characters at chunk borders;
//   - result and repeat headers are never sent, because existing workers echo them and obey a stale result-code; only
//     the number of the attempt is, from the second on, because workers ask for it;
//   - a body is base64 only where the answer says so itself: the mark of the call is echoed beside a changed body;
//   - the HTTP status is read before the result-code;
//   - identity comes from the platform, never from the echo.

import { BODY_ENCODING_HEADER, type Body, decodeBody, encodeBody, RESULT_ENCODING_HEADER } from '../message/body.ts';
import { type Headers, ownHeaders } from '../message/headers.ts';
import { type CallResult, type Item, type Outcome, WIRE_CODES } from '../outcome/outcome.ts';
import type { StepCall } from './call.ts';
import type { StepKind } from './manifest.ts';

/** Path of an action on an http worker. */
export function actionPath(kind: StepKind, action: string): string {
  const name = encodeURIComponent(action);
  return kind === 'custom' ? `/custom-node/${name}/process` : `/${kind}/${name}/action`;
}

const NON_ASCII = /[\u007f-\uffff]/g;
const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON with every character above ASCII written as `\uXXXX`. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(NON_ASCII, escapeUnit);
}

/**
 * The request body of one call.
 * @param extra  headers of the worker's registration; they win over the message's, never over identity
 */
export function encodeCall(call: StepCall, extra: Headers = {}): string {
  const { text, base64 } = encodeBody(call.body);
  const headers: Record<string, unknown> = {
    ...call.headers,
    ...extra,
    'correlation-id': call.processId,
    'process-id': call.messageId,
    'parent-id': call.parentId ?? '',
    'process-started': call.processStartedAt,
    'topology-id': `${call.target.topology}/${call.target.version}`,
    'topology-name': call.target.topology,
    'node-id': call.target.node,
    'node-name': call.target.node,
    'worker-followers': JSON.stringify(call.target.followers),
    'content-type': call.contentType,
    'idempotency-key': call.idempotencyKey,
    attempt: String(call.attempt),
    user: call.user,
  };
  if (call.attempt > 1) headers['repeat-hops'] = String(call.attempt);
  if (call.cursor !== null) headers.cursor = call.cursor;
  if (base64) headers[BODY_ENCODING_HEADER] = 'base64';
  return asciiJson({ headers, body: text });
}

/** A call as an http worker reads it back; what is missing gets the defaults of the existing wire. */
export function decodeCall(kind: StepKind, action: string, raw: unknown): StepCall {
  const envelope = isRecord(raw) ? raw : {};
  const headers = isRecord(envelope.headers) ? envelope.headers : {};
  const text = (name: string, otherwise = ''): string => {
    const value = headers[name];
    return value === undefined || value === null ? otherwise : String(value);
  };
  const [topology = '', version = '0'] = text('topology-id').split('/');
  const body = typeof envelope.body === 'string' ? envelope.body : '';
  return {
    target: {
      topology: text('topology-name', topology),
      version: Number(version) || 0,
      node: text('node-id'),
      kind,
      action,
      followers: parseFollowers(text('worker-followers', '[]')),
    },
    idempotencyKey: text('idempotency-key', text('process-id')),
    processId: text('correlation-id'),
    processStartedAt: Number(text('process-started', '0')) || 0,
    messageId: text('process-id'),
    parentId: text('parent-id') || null,
    attempt: Number(text('attempt', text('repeat-hops', '1'))) || 1,
    user: text('user'),
    headers: ownHeaders(without(headers, ['user', 'content-type'])),
    contentType: text('content-type', 'application/json'),
    body: decodeBody(body, text(BODY_ENCODING_HEADER) === 'base64'),
    cursor: headers.cursor === undefined || headers.cursor === null ? null : text('cursor'),
  };
}

/** The answer of an http worker for an outcome: always 200, the code says the rest. */
export function encodeOutcome(call: StepCall, outcome: Outcome): string {
  const { code, reason, body, headers } = wireForm(call, outcome);
  return asciiJson({
    headers: { ...headers, 'result-code': String(code), 'result-message': oneLine(reason) },
    body,
  });
}

function wireForm(
  call: StepCall,
  outcome: Outcome,
): { code: number; reason: string; body: string; headers: Record<string, string> } {
  const input = encodeBody(call.body);
  const same: { body: string; headers: Record<string, string> } = {
    body: input.text,
    headers: input.base64 ? { [RESULT_ENCODING_HEADER]: 'base64' } : {},
  };
  switch (outcome.kind) {
    case 'forward': {
      const { text, base64 } = encodeBody(outcome.item.body);
      const headers: Record<string, string> = { ...(outcome.item.headers ?? call.headers) };
      if (outcome.item.contentType) headers['content-type'] = outcome.item.contentType;
      if (outcome.item.user) headers.user = outcome.item.user;
      if (base64) headers[RESULT_ENCODING_HEADER] = 'base64';
      if (!outcome.followers)
        return { code: WIRE_CODES.success, reason: 'Processed successfully.', body: text, headers };
      headers['force-target-queue'] = outcome.followers.join(',');
      return { code: WIRE_CODES.forwardToTarget, reason: 'Routed to chosen followers.', body: text, headers };
    }
    case 'split': {
      const items = outcome.items.map((item) => {
        const { text, base64 } = encodeBody(item.body);
        const headers: Record<string, string> = { ...item.headers };
        if (item.contentType) headers['content-type'] = item.contentType;
        if (item.user) headers.user = item.user;
        if (base64) headers[RESULT_ENCODING_HEADER] = 'base64';
        return { headers, body: text };
      });
      const headers: Record<string, string> = { ...(outcome.headers ?? call.headers) };
      if (outcome.user) headers.user = outcome.user;
      let code: number = WIRE_CODES.success;
      if (outcome.cursor !== undefined) {
        headers.cursor = outcome.cursor;
        code = items.length > 0 ? WIRE_CODES.batchCursorWithFollowers : WIRE_CODES.batchCursorOnly;
      }
      return { code, reason: 'Processed successfully.', body: JSON.stringify(items), headers };
    }
    case 'redeliver':
      return {
        code: WIRE_CODES.repeat,
        reason: outcome.reason,
        body: same.body,
        headers: {
          ...same.headers,
          ...outcome.headers,
          ...(outcome.delayMs === undefined ? {} : { 'repeat-interval': String(outcome.delayMs / 1000) }),
          ...(outcome.attempts === undefined ? {} : { 'repeat-max-hops': String(outcome.attempts) }),
        },
      };
    case 'limit':
      return {
        code: WIRE_CODES.limitExceeded,
        reason: outcome.reason,
        body: same.body,
        headers: {
          ...same.headers,
          ...(outcome.untilMs === undefined ? {} : { 'limit-until': String(outcome.untilMs) }),
        },
      };
    case 'hold':
      return { code: WIRE_CODES.hold, reason: outcome.reason, ...same };
    case 'stop':
      return { code: WIRE_CODES.doNotContinue, reason: outcome.reason, ...same };
    case 'fail':
      return { code: WIRE_CODES.stopAndFail, reason: outcome.reason, ...same };
  }
}

/**
 * What an http answer means: every row of OUTCOME_TABLE that has a wire form.
 * @param status        HTTP status, read before anything else
 * @param text          response body as text
 * @param retryAfterMs  from the Retry-After header, when there was one
 */
export function decodeAnswer(call: StepCall, status: number, text: string, retryAfterMs?: number): CallResult {
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    const reason = `worker answered ${status}: ${answerMessage(text)}`;
    return retryAfterMs === undefined ? { kind: 'unanswered', reason } : { kind: 'unanswered', reason, retryAfterMs };
  }
  if (status < 200 || status >= 300)
    return { kind: 'malformed', code: 'worker.refused', reason: `worker answered ${status}: ${answerMessage(text)}` };

  const envelope = parse(text);
  if (!isRecord(envelope)) return malformed(`a JSON envelope was expected, got ${excerpt(text)}`);
  const headers = isRecord(envelope.headers) ? envelope.headers : {};
  const rawCode = headers['result-code'];
  if (rawCode === undefined || rawCode === null || rawCode === '')
    return malformed(`header "result-code" is missing in ${excerpt(text)}`);
  const body = envelope.body ?? '';
  if (typeof body !== 'string') return malformed(`"body" must be a string, got ${excerpt(text)}`);

  const code = Number(rawCode);
  const reason = String(headers['result-message'] ?? '');
  switch (code) {
    case WIRE_CODES.repeat:
      return redeliverOf(headers, reason);
    case WIRE_CODES.doNotContinue:
      return { kind: 'stop', reason };
    case WIRE_CODES.limitExceeded: {
      const until = Number(headers['limit-until']);
      return until > 0 ? { kind: 'limit', reason, untilMs: until } : { kind: 'limit', reason };
    }
    case WIRE_CODES.stopAndFail:
      return { kind: 'fail', reason };
    case WIRE_CODES.hold:
      return { kind: 'hold', reason };
  }
  if (call.target.kind === 'batch') return splitOf(call, code, headers, body);
  const item = itemOf(call, headers, body);
  if (code !== WIRE_CODES.forwardToTarget) return { kind: 'forward', item };
  const followers = String(headers['force-target-queue'] ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (followers.length === 0)
    return malformed(`result-code 1002 needs the ids of followers in "force-target-queue", got ${excerpt(text)}`);
  return { kind: 'forward', item, followers };
}

function redeliverOf(headers: Record<string, unknown>, reason: string): Outcome {
  const seconds = Number(headers['repeat-interval']);
  const attempts = Number(headers['repeat-max-hops']);
  return {
    kind: 'redeliver',
    reason,
    ...(seconds >= 0 && headers['repeat-interval'] !== undefined ? { delayMs: seconds * 1000 } : {}),
    ...(attempts >= 1 ? { attempts } : {}),
    headers: ownHeaders(without(headers, ['user', 'content-type'])),
  };
}

function splitOf(call: StepCall, code: number, headers: Record<string, unknown>, body: string): CallResult {
  const list = body === '' ? [] : parse(body);
  if (!Array.isArray(list)) return malformed(`a batch must answer a JSON list of items, got ${excerpt(body)}`);
  const items: Item[] = [];
  for (const entry of code === WIRE_CODES.batchCursorOnly ? [] : list) {
    if (!isRecord(entry)) return malformed(`an item of the batch is not an object: ${excerpt(JSON.stringify(entry))}`);
    const itemBody = entry.body ?? '';
    if (typeof itemBody !== 'string')
      return malformed(`"body" of a batch item must be a string, got ${excerpt(JSON.stringify(entry))}`);
    items.push(itemOf(call, { ...headers, ...(isRecord(entry.headers) ? entry.headers : {}) }, itemBody));
  }
  const again = code === WIRE_CODES.batchCursorWithFollowers || code === WIRE_CODES.batchCursorOnly;
  const own = ownHeaders(without(headers, ['user', 'content-type']));
  if (!again) return { kind: 'split', items, headers: own };
  const { user } = headers;
  return {
    kind: 'split',
    items,
    cursor: String(headers.cursor ?? ''),
    headers: own,
    ...(typeof user === 'string' && user !== '' ? { user } : {}),
  };
}

function itemOf(call: StepCall, headers: Record<string, unknown>, body: string): Item {
  const contentType = headers['content-type'];
  const user = headers.user;
  return {
    body: answeredBody(call, headers, body),
    headers: ownHeaders(without(headers, ['user', 'content-type'])),
    ...(typeof contentType === 'string' && contentType !== '' ? { contentType } : {}),
    ...(typeof user === 'string' && user !== '' ? { user } : {}),
  };
}

/** Bytes where the answer marks them, or where it gives back those of the call untouched; else text. */
function answeredBody({ body: sent }: StepCall, headers: Record<string, unknown>, body: string): Body {
  if (headers[RESULT_ENCODING_HEADER] === 'base64') return decodeBody(body, true);
  if (typeof sent === 'string' || body.length !== Math.ceil(sent.byteLength / 3) * 4) return body;
  return encodeBody(sent).text === body ? sent : body;
}

function malformed(reason: string): CallResult {
  return { kind: 'malformed', code: 'worker.answer_malformed', reason };
}

/** The worker's own words about its failure, from an envelope or from plain text. */
function answerMessage(text: string): string {
  const envelope = parse(text);
  if (isRecord(envelope)) {
    const headers = isRecord(envelope.headers) ? envelope.headers : {};
    const message = headers['result-message'] ?? envelope.message ?? envelope.detail;
    if (message !== undefined) return excerpt(String(message));
  }
  return excerpt(text);
}

/** At most 300 characters of foreign text on one line, for an error message. */
export function excerpt(text: string): string {
  const line = oneLine(text);
  if (line === '') return 'an empty answer';
  return line.length <= 300 ? line : `${line.slice(0, 300)}… (${text.length} characters)`;
}

function oneLine(text: string): string {
  return text.slice(0, 2_000).replace(/\s+/g, ' ').trim();
}

function without(headers: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const rest = { ...headers };
  for (const name of names) delete rest[name];
  return rest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseFollowers(text: string): { id: string; name: string }[] {
  const list = parse(text);
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((entry) => ({ id: String(entry.id ?? ''), name: String(entry.name ?? '') }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
