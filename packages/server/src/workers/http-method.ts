// A method called at a worker that is reached by URL: the caller's request handed on, both bodies as they come.

import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sign } from '@sluice/engine/workers';
import type { MethodBody, MethodResult } from '@sluice/integration';
import {
  excerpt,
  METHOD_ANSWER_HEADER,
  METHOD_OUTCOME_HEADER,
  METHOD_USER_HEADER,
  type MethodCall,
  type MethodHead,
  methodHeadFault,
  methodPath,
  methodSigned,
  replyHeaders,
  SIGNATURE_HEADER,
} from '@sluice/protocol';

const MAX_OUTCOME_CHARACTERS = 1_000_000;
const agents = {
  'http:': new HttpAgent({ keepAlive: true, timeout: 300_000 }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: 300_000 }),
};

export interface HttpMethodCall {
  readonly headers: Readonly<Record<string, string>>;
  readonly sign: Sign | undefined;
  readonly call: MethodCall;
  /** Null = none. */
  readonly body: MethodBody | null;
  readonly signal: AbortSignal;
}

/** @throws Error in words, when no sound answer began */
export async function methodByHttp(url: string, options: HttpMethodCall): Promise<MethodResult> {
  const answer = await begin(url, options);
  if (answer.headers[METHOD_OUTCOME_HEADER] !== undefined) return outcomeOf(answer);
  const status = answer.statusCode ?? 0;
  if (answer.headers[METHOD_ANSWER_HEADER] === undefined)
    throw new Error(`the worker answered ${status}: ${excerpt(await textOf(answer))}`);
  const head: MethodHead = { ok: true, status, headers: replyHeaders(answer.headers) };
  const fault = methodHeadFault(head);
  if (fault) {
    answer.destroy();
    throw new Error(fault);
  }
  return { ...head, body: answer };
}

function begin(url: string, { headers, sign, call, body, signal }: HttpMethodCall): Promise<IncomingMessage> {
  const { protocol, origin, pathname } = new URL(url);
  const path = methodPath(call);
  const https = protocol === 'https:';
  const send = https ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const onward = send(new URL(origin), {
      method: call.httpMethod,
      path: pathname.replace(/\/$/, '') + path,
      agent: agents[https ? 'https:' : 'http:'],
      signal,
      headers: {
        ...call.headers,
        ...headers,
        [METHOD_USER_HEADER]: encodeURIComponent(call.user),
        'sluice-timeout-ms': String(call.timeoutMs),
        ...(sign ? { [SIGNATURE_HEADER]: sign(path, methodSigned(call)) } : {}),
      },
    });
    const late = setTimeout(() => onward.destroy(new Error(`no answer within ${call.timeoutMs} ms`)), call.timeoutMs);
    onward.once('response', (answer) => {
      clearTimeout(late);
      resolve(answer);
    });
    onward.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    if (body === null) onward.end();
    // What breaks here breaks the request, which says so itself.
    else void pipeline(Readable.from(body, { objectMode: false }), onward).catch(() => {});
  });
}

async function outcomeOf(answer: IncomingMessage): Promise<MethodResult> {
  const head = { ok: false, outcome: parse(await textOf(answer)) };
  const fault = methodHeadFault(head);
  if (fault) throw new Error(fault);
  return head as MethodResult & { ok: false };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    text += String(chunk);
    if (text.length > MAX_OUTCOME_CHARACTERS) throw new Error('the outcome of the method is too large');
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
