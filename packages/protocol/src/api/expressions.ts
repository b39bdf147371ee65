// Trying an expression on a message that nobody sent.

import { z } from 'zod';
import { HeadersShape } from './resources.ts';

export const EvaluateRequest = z.strictObject({
  expression: z.string().min(1).max(20_000).describe('JSONata'),
  message: z.strictObject({
    body: z.unknown().optional().describe('Any JSON value; text is read as a body that is no JSON'),
    headers: HeadersShape.default({}),
    user: z.string().max(200).default('system'),
  }),
});
export type EvaluateRequest = z.input<typeof EvaluateRequest>;

export const EvaluateAnswer = z.object({
  value: z.unknown().optional().describe('Not there: the expression selects nothing'),
});
export type EvaluateAnswer = z.infer<typeof EvaluateAnswer>;
