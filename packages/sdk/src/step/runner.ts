// Runs one call of one step. All transports end here.

import type { Outcome, StepCall } from '@sluice/protocol';
import type { Abort } from './abort.ts';
import type { Catalogue } from './catalogue.ts';
import { Context } from './context.ts';
import { outcomeOf, Verdict } from './errors.ts';
import type { Host } from './host.ts';
import { checkInput } from './input.ts';
import { Message } from './message.ts';
import { forwardOf, splitOf } from './result.ts';

/** Never rejects: whatever a step does becomes an outcome. */
export async function runStep(catalogue: Catalogue, call: StepCall, host: Host, abort: Abort): Promise<Outcome> {
  const step = catalogue.find(call.target.kind, call.target.action);
  if (!step)
    return {
      kind: 'fail',
      reason: `This worker has no ${call.target.kind} "${call.target.action}". It has: ${names(catalogue)}.`,
    };
  const context = new Context(call, host, abort, step.application);
  try {
    const message = new Message(call);
    checkInput(step, message);
    if (step.kind === 'batch') return splitOf(await step.process(message, context));
    return forwardOf(call, await step.process(message, context));
  } catch (error) {
    if (!(error instanceof Verdict)) context.log.error('A step threw an unexpected error.', { error: describe(error) });
    return outcomeOf(error, host.now());
  }
}

function names(catalogue: Catalogue): string {
  return catalogue.manifest.actions.map((action) => `${action.kind} "${action.name}"`).join(', ') || 'nothing';
}

/** Stack and causes, for the log only. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by: ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`.slice(0, 4_000);
}
