// An answer as the protocol carries it: text for every client, and the value itself where its schema was announced.

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ToolAnswer } from '../index.ts';

export function resultOf(answer: ToolAnswer, announced: boolean): CallToolResult {
  if (!answer.ok) {
    const { code, detail, hint, problems, retryAfterMs } = answer.problem;
    const said = { code, detail, hint, problems, retryAfterMs };
    return {
      isError: true,
      content: [{ type: 'text', text: JSON.stringify(said) }],
      _meta: { 'sluice/problem': said },
    };
  }
  const { value } = answer;
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return {
    content: [{ type: 'text', text }],
    ...(announced && isObject ? { structuredContent: value as Record<string, unknown> } : {}),
  };
}
