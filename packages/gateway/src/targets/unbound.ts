// A route that is agreed on and leads nowhere yet: all policies before it hold already.

import { SluiceError } from '@sluice/protocol';
import { discard } from '../exchange/answer.ts';
import type { Handler } from '../exchange/exchange.ts';

export const unboundTarget: Handler = async ({ body, line: { method, path } }) => {
  discard(body);
  throw new SluiceError('gateway.unbound', { method, path });
};
