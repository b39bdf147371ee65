// Door of exchanges that were written down when a description was imported: each connector asks what it asked then, and gives
// what it gave.

import { AssertionError } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { AnyStep } from '@sluice/sdk';
import type { Check } from './acceptance.ts';
import { ExchangesSchema } from './exchanges/file.ts';
import { playExchange } from './exchanges/play.ts';

export interface ExchangesOptions {
  readonly steps: readonly AnyStep[];
  /** The file with the exchanges. */
  readonly exchanges: URL;
  /** Connectors of your own that ask something else: names of their operations. Tests of their own show what they do. */
  readonly except?: readonly string[];
}

/** `for (const { title, run } of playExchanges({ … })) test(title, run);` @throws Error when the file cannot be read */
export function playExchanges({ steps, exchanges, except = [] }: ExchangesOptions): readonly Check[] {
  const all = ExchangesSchema.parse(JSON.parse(readFileSync(exchanges, 'utf8')));
  const byOperation = new Map(
    steps.map((step) => [step.name.slice((step.application?.key ?? '').length + 1), step] as const),
  );
  return all
    .filter(({ operation }) => !except.includes(operation))
    .map((exchange) => ({
      title: exchange.operation,
      run: async () => {
        const step = byOperation.get(exchange.operation);
        if (!step) throw new AssertionError({ message: `There is no connector for "${exchange.operation}".` });
        await playExchange(step, exchange);
      },
    }));
}
