// How long a client waits for the answer to begin, repeats included. A single attempt is bounded by its target; once an answer
// began it may take as long as it likes: streams and events are not cut.

import { SluiceError } from '@sluice/protocol';
import { discard } from '../exchange/answer.ts';
import type { Answer, Policy } from '../exchange/exchange.ts';

const DEFAULT_MS = 60_000;

export function timeoutPolicy(repeated: boolean, timeoutMs = DEFAULT_MS): Policy | null {
  if (!repeated) return null;
  return (next) => (exchange) =>
    new Promise<Answer>((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(new SluiceError('gateway.timeout', { timeoutMs }));
      }, timeoutMs);
      next(exchange).then(
        (answer) => {
          clearTimeout(timer);
          if (late) discard(answer.body);
          else resolve(answer);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
}
