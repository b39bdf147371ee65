// Work beside messages, at a worker that is reached by URL.

import type { Sign } from '@sluice/engine/workers';
import {
  asciiJson,
  excerpt,
  INVOKE_PATH,
  type Invocation,
  type InvocationResult,
  invocationResultFault,
  SIGNATURE_HEADER,
} from '@sluice/protocol';

const MAX_CHARACTERS = 16_000_000;

export interface HttpInvocation {
  readonly headers: Readonly<Record<string, string>>;
  readonly sign: Sign | undefined;
  readonly invocation: Invocation;
  readonly timeoutMs: number;
}

/** @throws Error in words, when no sound result came */
export async function invokeByHttp(url: string, options: HttpInvocation): Promise<InvocationResult> {
  const { headers, sign, invocation, timeoutMs } = options;
  const body = asciiJson(invocation);
  const response = await fetch(url.replace(/\/$/, '') + INVOKE_PATH, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      ...(sign ? { [SIGNATURE_HEADER]: sign(INVOKE_PATH, body) } : {}),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the worker answered ${response.status}: ${excerpt(text)}`);
  if (text.length > MAX_CHARACTERS) throw new Error(`the worker answered more than ${MAX_CHARACTERS} characters`);
  const result: unknown = JSON.parse(text);
  const fault = invocationResultFault(result);
  if (fault) throw new Error(fault);
  return result as InvocationResult;
}
