// Door of the Model Context Protocol: tools that somebody has, offered to models over HTTP.
//
// Each request stands for itself (no sessions): tools are looked up when they are asked for, and any replica can answer.

import type { Problem } from '@sluice/protocol';

export { isTrustedCaller } from './http/origin.ts';
export { toolNames } from './tools/names.ts';

export interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON Schema of an object. */
  readonly input: Readonly<Record<string, unknown>>;
  /** JSON Schema of an object; undefined = anything. */
  readonly output?: Readonly<Record<string, unknown>> | undefined;
}

export type ToolAnswer =
  | { readonly ok: true; readonly value: unknown }
  /** The same words and codes as on every other surface. */
  | { readonly ok: false; readonly problem: Problem };

export interface Tools {
  list(): readonly Tool[];
  /** Null = there is no such tool. */
  call(name: string, input: unknown, signal: AbortSignal): Promise<ToolAnswer | null>;
}

/**
 * Answer one request of a client.
 * @param body  its JSON
 */
export async function answerMcp(tools: Tools, request: Request, body: unknown): Promise<Response> {
  const { answer } = await import('./http/answer.ts');
  return answer(tools, request, body);
}
