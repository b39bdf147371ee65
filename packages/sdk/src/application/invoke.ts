// Runs what the platform asks of an application beside messages.

import type { Invocation, InvocationResult, Json } from '@sluice/protocol';
import type { Abort } from '../step/abort.ts';
import type { Catalogue } from '../step/catalogue.ts';
import { Fail, Verdict } from '../step/errors.ts';
import type { Host } from '../step/host.ts';
import type { Application, Webhook } from './application.ts';
import { ApplicationContext } from './context.ts';
import { HOOK_METHODS } from './manifest.ts';

/** Never rejects: what goes wrong is a failure in words. */
export async function runInvocation(
  catalogue: Catalogue,
  invocation: Invocation,
  host: Host,
  abort: Abort,
): Promise<InvocationResult> {
  const application = catalogue.application(invocation.application);
  const context = new ApplicationContext(host, abort, invocation.user, application);
  try {
    if (!application) throw new Fail(`This worker has no application "${invocation.application}".`);
    return { ok: true, value: (await perform(application, invocation, context)) ?? null };
  } catch (error) {
    if (!(error instanceof Verdict))
      context.log.error('Code of an application threw an unexpected error.', {
        error: String((error as Error)?.stack),
      });
    return { ok: false, failure: failureOf(error, host.now()) };
  }
}

async function perform(
  application: Application,
  invocation: Invocation,
  context: ApplicationContext,
): Promise<Json | undefined> {
  switch (invocation.operation) {
    case 'choices':
      return [...(await application.choicesOf(invocation.form, invocation.field, context))];
    case 'test':
      if (!application.test) throw new Fail(`"${application.key}" has no test of its connection.`);
      return { detail: String(await application.test(context)) };
    case 'hook':
      await application[HOOK_METHODS[invocation.hook]]?.(context);
      return null;
    case 'action': {
      const action = application.actions.find(({ name }) => name === invocation.action);
      if (!action) throw new Fail(`"${application.key}" has no action "${invocation.action}".`);
      return action.run(invocation.input, context);
    }
    case 'webhook.subscribe': {
      const { url, secret, parameters } = invocation;
      const { reference, ...more } = await webhookOf(application, invocation.event).subscribe(
        { url, secret, parameters },
        context,
      );
      return {
        reference,
        ...(more.secret === undefined ? {} : { secret: more.secret }),
        ...(more.expiresAt === undefined ? {} : { expiresAt: more.expiresAt }),
      };
    }
    case 'webhook.unsubscribe':
      await webhookOf(application, invocation.event).unsubscribe(invocation.reference, context);
      return null;
    case 'webhook.list':
      return (await webhookOf(application, invocation.event).list?.(context))?.map((one) => ({ ...one })) ?? null;
    default:
      throw new Fail(`This worker does not know the operation "${(invocation as { operation: string }).operation}".`);
  }
}

function webhookOf(application: Application, event: string): Webhook {
  const found = application.webhooks.find(({ name }) => name === event);
  if (!found) throw new Fail(`"${application.key}" reports no event "${event}".`);
  return found;
}

function failureOf(error: unknown, now: number) {
  if (!(error instanceof Verdict)) return { code: 'step.failed', message: String((error as Error)?.message ?? error) };
  const outcome = error.toOutcome(now);
  const code =
    'code' in outcome && outcome.code ? outcome.code : `step.${outcome.kind === 'fail' ? 'failed' : outcome.kind}`;
  const retryAfterMs =
    outcome.kind === 'redeliver'
      ? (outcome.delayMs ?? 0)
      : outcome.kind === 'limit'
        ? Math.max(0, (outcome.untilMs ?? now) - now)
        : undefined;
  return { code, message: error.message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
