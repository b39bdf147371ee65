// Expressions in this thread: for tests with a clock of their own, where every expression is trusted.

import { SluiceError } from '@sluice/protocol';
import type { Expressions } from '../../ports/expressions.ts';
import { evaluateJsonata, faultOf } from './evaluate.ts';

export const inlineExpressions: Expressions = {
  fault: faultOf,
  async evaluate(expression, input) {
    try {
      return await evaluateJsonata(expression, input);
    } catch (error) {
      throw new SluiceError('expression.failed', { expression, reason: (error as Error).message ?? String(error) });
    }
  },
  async close() {},
};
