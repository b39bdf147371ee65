// Questions of a worker that the platform reaches by URL: requests of their own, with the token of the worker.

import { ASK_PATH, type AskResult, excerpt, type Problem } from '@sluice/protocol';
import { Agent, request } from 'undici';
import type { AskTransport } from '../platform/platform.ts';

const ANSWER_MS = 60_000;

export function askByHttp(url: string, token: string): AskTransport {
  const agent = new Agent({ connections: 16, keepAliveTimeout: 10_000 });
  const address = new URL(`${url.replace(/\/$/, '')}${ASK_PATH}`);
  return async (ask): Promise<AskResult> => {
    const { statusCode, body } = await request(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask),
      signal: AbortSignal.timeout(ANSWER_MS),
      dispatcher: agent,
    });
    const text = await body.text();
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      throw new Error(`${address.href} answered ${statusCode} without JSON: ${excerpt(text)}`, { cause });
    }
    if (statusCode === 200) return { ok: true, value: (answer as { value: unknown }).value };
    if (typeof (answer as Partial<Problem> | null)?.code === 'string') return { ok: false, problem: answer as Problem };
    throw new Error(`${address.href} answered ${statusCode}: ${excerpt(text)}`);
  };
}
