// A connector runs once, in memory, in front of an answer; what it asked and gave is what tests of its package hold it to.

import { isDeepStrictEqual } from 'node:util';
import type { Item, Outcome } from '@sluice/protocol';
import { type AnyStep, local, type WireRequest } from '@sluice/sdk';
import type { Content, RecordedCall, RecordedOutcome } from './exchange.ts';

export type GivenAnswer = RecordedCall['answer'];

const AT = Date.parse('2026-01-01T00:00:00Z');
/** Of the SDK and of this call, not of the operation. */
const NOT_OURS = new Set(['idempotency-key']);

/** @throws Error when the connector refuses what the description says it takes */
export async function recorded(
  step: AnyStep,
  input: unknown,
  answer: GivenAnswer,
  cursor: string | null,
): Promise<RecordedCall> {
  let asked: WireRequest | null = null;
  const worker = local({
    steps: [step],
    onRecord: () => {},
    host: {
      now: () => AT,
      wire: async (request) => {
        asked = request;
        return { status: answer.status, headers: answer.headers, body: chunks(answer) };
      },
    },
  });
  const body = JSON.stringify(input);
  const outcome = await worker.call({
    target: { topology: 'import', version: 1, node: step.name, kind: step.kind, action: step.name, followers: [] },
    idempotencyKey: 'import',
    processId: 'import',
    processStartedAt: AT,
    messageId: 'import',
    parentId: null,
    attempt: 1,
    user: 'default',
    headers: {},
    contentType: 'application/json',
    body,
    cursor,
  });
  if (!asked) throw new Error(`${step.name} asked nobody: ${reasonOf(outcome)}`);
  return {
    ...(cursor === null ? {} : { cursor }),
    request: requestOf(asked),
    answer,
    outcome: outcomeOf(step, outcome, answer, body),
  };
}

const reasonOf = (outcome: Outcome): string => ('reason' in outcome ? outcome.reason : outcome.kind);

async function* chunks(answer: Content): AsyncGenerator<Uint8Array> {
  const bytes = bytesOf(answer);
  if (bytes.byteLength > 0) yield bytes;
}

const bytesOf = ({ json, text, base64 }: Content): Buffer =>
  base64 === undefined
    ? Buffer.from(json === undefined ? (text ?? '') : JSON.stringify(json))
    : Buffer.from(base64, 'base64');

/** A boundary is another one each time. */
function requestOf({ url, method, headers, body }: WireRequest): RecordedCall['request'] {
  const own = Object.entries(headers)
    .filter(([name]) => !NOT_OURS.has(name.toLowerCase()))
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const boundary = /boundary=([\w-]+)/.exec(headers['content-type'] ?? '')?.[1];
  const settled = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'));
  return {
    method,
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(own.map(([name, value]) => [name, settled(value)])),
    ...(body === null
      ? {}
      : contentOf(typeof body === 'string' ? settled(body) : textIn(body, settled), headers['content-type'])),
  };
}

function textIn(bytes: Uint8Array, settled: (text: string) => string): string | Uint8Array {
  try {
    return settled(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return bytes;
  }
}

function contentOf(body: string | Uint8Array, contentType = ''): Content {
  if (typeof body !== 'string') return { base64: Buffer.from(body).toString('base64') };
  if (!/json/.test(contentType)) return { text: body };
  try {
    return { json: JSON.parse(body) };
  } catch {
    return { text: body };
  }
}

function outcomeOf(step: AnyStep, outcome: Outcome, answer: GivenAnswer, input: string): RecordedOutcome {
  if (outcome.kind === 'split')
    return {
      kind: 'split',
      items: outcome.items.length,
      ...(outcome.cursor === undefined ? {} : { cursor: outcome.cursor }),
    };
  if (outcome.kind !== 'forward') throw new Error(`${step.name} did not take the answer: ${reasonOf(outcome)}`);
  return { kind: 'forward', ...givenOf(outcome.item, answer, input) };
}

function givenOf(
  { body, contentType = '' }: Item,
  answer: GivenAnswer,
  input: string,
): { same?: 'answer' | 'input' } & Content {
  const given = contentOf(body, contentType);
  const { json, text, base64 } = answer;
  if ('json' in given && json !== undefined && isDeepStrictEqual(given.json, json)) return { same: 'answer' };
  if ((text !== undefined || base64 !== undefined) && Buffer.from(body).equals(bytesOf(answer)))
    return { same: 'answer' };
  return body === input ? { same: 'input' } : given;
}
