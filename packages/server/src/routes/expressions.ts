// Expressions tried on a sample, while somebody writes them. What runs messages is not asked: an expression that takes
// too long here must keep nobody waiting there.

import { isolatedExpressions } from '@sluice/engine';
import { EvaluateAnswer, EvaluateRequest, SluiceError } from '@sluice/protocol';
import type { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

/** What is written is tried again with every pause of typing, so it is short or stopped. */
const LIMIT_MS = 500;
const MEMORY_MB = 64;
const MAX_SAMPLE = 2 * 1024 * 1024;
/** A preview is looked at; nobody looks at more. */
const MAX_RESULT = 1024 * 1024;
const MAX_WAITING = 8;

export const expressionRoutes: Routes = (app) => {
  const expressions = isolatedExpressions({ limitMs: LIMIT_MS, memoryMb: MEMORY_MB });
  app.addHook('onClose', () => expressions.close());
  let waiting = 0;

  app.post<{ Body: z.output<typeof EvaluateRequest> }>(
    '/api/v1/expressions/evaluate',
    {
      config: { scope: 'topology:write', audit: false },
      bodyLimit: MAX_SAMPLE,
      schema: describe({
        summary: 'What an expression gives for a sample message; nothing is stored or sent',
        tag: 'topologies',
        body: EvaluateRequest,
        answer: EvaluateAnswer,
      }),
    },
    async (request): Promise<EvaluateAnswer> => {
      const { expression, message } = request.body;
      const { body, headers, user } = message;
      if (waiting >= MAX_WAITING) throw new SluiceError('expression.preview_busy', { waiting });
      waiting++;
      try {
        const value = await expressions.evaluate(expression, {
          headers,
          user,
          contentType: typeof body === 'string' ? 'text/plain' : 'application/json',
          body: typeof body === 'string' ? body : JSON.stringify(body ?? null),
        });
        if (value === undefined) return {};
        const length = JSON.stringify(value).length;
        if (length > MAX_RESULT) throw refusal(`the result has ${length} characters, more than ${MAX_RESULT}`);
        return { value };
      } catch (error) {
        if (!(error instanceof SluiceError)) throw error;
        if (error.code === 'expression.failed')
          throw refusal((error as SluiceError<'expression.failed'>).details.reason);
        if (error.code === 'expression.too_slow') throw refusal(`it ran longer than ${LIMIT_MS} ms and was stopped`);
        throw error;
      } finally {
        waiting--;
      }
    },
  );
};

const refusal = (reason: string): SluiceError => new SluiceError('expression.preview_failed', { reason });
