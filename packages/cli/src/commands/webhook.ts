import { WEBHOOK_STATES, type WebhookCleanAnswer, type WebhookQuery, type WebhookView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

export async function listWebhooks({ json, ...query }: WebhookQuery & { json?: boolean }): Promise<void> {
  if (query.state !== undefined && !WEBHOOK_STATES.includes(query.state))
    throw new InputError(`--state takes ${WEBHOOK_STATES.join(', ')}, got "${query.state}".`);
  const { items } = await connect().webhooks.list(query);
  if (json) return printJson(items);
  printTable<WebhookView>(
    items,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'EVENT', of: eventOf },
      { title: 'USER', of: ({ user }) => user },
      { title: 'STARTS', of: ({ topology, node }) => `${topology}/${node}` },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'STARTED', of: ({ counts }) => String(counts.started) },
      { title: 'LAST', of: ({ lastDelivery }) => time(lastDelivery?.at ?? null) },
      { title: 'REASON', of: ({ reason }) => reason ?? '' },
    ],
    'There is no subscription. Enable a topology with a webhook node, or make one with `sluice webhook subscribe`.',
  );
}

interface SubscribeOptions {
  readonly user: string;
  readonly topology: string;
  readonly node: string;
  readonly parameter?: readonly string[];
  readonly json?: boolean;
}

export async function subscribeWebhook(
  application: string,
  event: string,
  { parameter = [], json, user, topology, node }: SubscribeOptions,
): Promise<void> {
  const parameters = Object.fromEntries(parameter.map(parameterIn));
  const view = await connect().webhooks.subscribe({ application, event, user, topology, node, parameters });
  if (json) return printJson(view);
  sayState(view);
}

export async function unsubscribeWebhook(id: string): Promise<void> {
  const view = await connect().webhooks.unsubscribe(id);
  if (view) sayState(view);
  else say(`Subscription ${id} is forgotten.`);
}

export async function retryWebhook(id: string): Promise<void> {
  sayState(await connect().webhooks.retry(id));
}

export async function showAddress(id: string): Promise<void> {
  say((await connect().webhooks.address(id)).url);
}

export async function cleanWebhooks({ remove = false, json }: { remove?: boolean; json?: boolean }): Promise<void> {
  const answer = await connect().webhooks.clean({ dryRun: !remove });
  if (json) return printJson(answer);
  printTable<WebhookCleanAnswer['orphans'][number]>(
    answer.orphans,
    [
      { title: 'APPLICATION', of: ({ application }) => application },
      { title: 'USER', of: ({ user }) => user },
      { title: 'EVENT', of: ({ event }) => event },
      { title: 'REFERENCE', of: ({ reference }) => JSON.stringify(reference) },
      { title: 'ADDRESS', of: ({ url }) => url },
      { title: 'REMOVED', of: ({ removed, reason }) => (removed ? 'yes' : (reason ?? 'no')) },
    ],
    'No service has a subscription that leads here and that nobody knows.',
  );
  for (const { application, user, event, reason } of answer.unasked)
    say(`Not asked: ${application}, ${event} of ${user}: ${reason}`);
  if (!remove && answer.orphans.length > 0)
    say('Nothing was removed. Remove them with `sluice webhook clean --remove`.');
}

const eventOf = ({ application, event }: WebhookView): string =>
  application === null ? '(address)' : `${application} ${event}`;

function sayState({ id, state, reason, nextTryAt, ...of }: WebhookView): void {
  const next = nextTryAt === null || reason === null ? '' : ` It is tried again at ${time(nextTryAt)}.`;
  say(`Subscription ${id} of ${of.user} is ${state}.${reason === null ? '' : ` ${reason}${next}`}`);
}

function parameterIn(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`--parameter takes NAME=VALUE, got "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}
