// "Call this action for this request": from an HTTP request to an HTTP answer, whoever received the request. Routes of
// the synchronous API use it, and so does everything else that fronts an action by HTTP.

import type { Integration, SyncAnswer } from '@sluice/integration';
import { shownHeaders } from '@sluice/integration';
import type { Body, Headers, Item, StepKind } from '@sluice/protocol';
import { bodyOf, checkJson, isJson, showBody } from '../http/content.ts';

export interface ActionTarget {
  readonly worker: string;
  readonly action: string;
  readonly kind?: StepKind | undefined;
  readonly user?: string | undefined;
  readonly cursor?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly waitMs?: number | undefined;
}

export interface PlainRequest {
  readonly body: Buffer | undefined;
  readonly contentType: string;
  /** Those that the message takes along. */
  readonly headers: Headers;
  readonly idempotencyKey?: string | undefined;
  readonly signal: AbortSignal;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null = none. */
  readonly body: Body | null;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** @throws SluiceError with the status of what went wrong */
export async function callAction(
  calls: Integration['calls'],
  target: ActionTarget,
  { body: raw, contentType, headers, idempotencyKey, signal }: PlainRequest,
): Promise<PlainAnswer> {
  const body = bodyOf(raw);
  if (isJson(contentType) && body !== '') checkJson(body);
  return plain(await calls.call({ ...target, body, contentType, headers, idempotencyKey, signal }), contentType);
}

function plain(answer: SyncAnswer, asked: string): PlainAnswer {
  switch (answer.kind) {
    case 'item': {
      const { item } = answer;
      const contentType = item.contentType || asked || 'application/octet-stream';
      return { status: 200, headers: { ...shownHeaders(item.headers), 'content-type': contentType }, body: item.body };
    }
    case 'page': {
      const page = { items: answer.items.map(shown), cursor: answer.cursor };
      return { status: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(page) };
    }
    case 'stopped':
      return { status: 204, headers: { 'sluice-outcome': 'stopped' }, body: null };
  }
}

/** An item of a page: its JSON, its text, or `{base64}`. */
function shown({ body, contentType = '' }: Item): unknown {
  if (typeof body === 'string' && isJson(contentType)) {
    try {
      return JSON.parse(body);
    } catch {
      return body;
    }
  }
  return showBody(body);
}
