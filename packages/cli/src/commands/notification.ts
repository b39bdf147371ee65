import { readFile } from 'node:fs/promises';
import type {
  ChannelRequest,
  ChannelView,
  DeliveryView,
  NotificationRuleRequest,
  NotificationRuleView,
} from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

interface Shown {
  readonly json?: boolean;
}

export async function listChannels({ json }: Shown): Promise<void> {
  const { items } = await connect().notifications.channels();
  if (json) return printJson(items);
  printTable<ChannelView>(
    items,
    [
      { title: 'CHANNEL', of: ({ name }) => name },
      { title: 'KIND', of: ({ kind }) => kind },
      { title: 'LEADS TO', of: leadsTo },
      { title: 'SECRET', of: ({ sealed }) => (sealed ? 'sealed' : '-') },
    ],
    'There is no channel. Make one with `sluice notification channel set NAME FILE`.',
  );
}

/** @param file  JSON; `-` is the standard input, so that a secret need not be in a file */
export async function setChannel(name: string, file: string): Promise<void> {
  const { kind } = await connect().notifications.saveChannel(name, (await jsonOf(file)) as ChannelRequest);
  say(
    `Channel ${name} leads to ${kind === 'email' ? 'a mailbox' : `a ${kind}`}. Try it: sluice notification channel test ${name}`,
  );
}

export async function testChannel(name: string): Promise<void> {
  await connect().notifications.testChannel(name);
  say(`Channel ${name} took a test message.`);
}

export async function removeChannel(name: string): Promise<void> {
  await connect().notifications.removeChannel(name);
  say(`Channel ${name} is removed.`);
}

export async function listRules({ json }: Shown): Promise<void> {
  const { items } = await connect().notifications.rules();
  if (json) return printJson(items);
  printTable<NotificationRuleView>(
    items,
    [
      { title: 'RULE', of: ({ name }) => name },
      { title: 'WHEN', of: ({ when }) => when.kind },
      { title: 'TO', of: ({ to }) => to.join(', ') },
      {
        title: 'STATE',
        of: ({ enabled, firing }) => (enabled ? (firing.length > 0 ? `${firing.length} now` : 'quiet') : 'off'),
      },
      { title: 'LAST', of: ({ lastSentAt }) => time(lastSentAt) },
    ],
    'There is no rule. Make one with `sluice notification rule set NAME FILE`.',
  );
}

export async function setRule(name: string, file: string): Promise<void> {
  const { to } = await connect().notifications.saveRule(name, (await jsonOf(file)) as NotificationRuleRequest);
  say(`Rule ${name} tells ${to.join(', ')}.`);
}

export async function removeRule(name: string): Promise<void> {
  await connect().notifications.removeRule(name);
  say(`Rule ${name} is removed.`);
}

export async function listDeliveries({ json, ...query }: Shown & { rule?: string; channel?: string }): Promise<void> {
  const { items } = await connect().notifications.deliveries(query);
  if (json) return printJson(items);
  printTable<DeliveryView>(
    items,
    [
      { title: 'AT', of: ({ at }) => time(at) },
      { title: 'RULE', of: ({ rule }) => rule ?? '(test)' },
      { title: 'CHANNEL', of: ({ channel }) => channel },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'ATTEMPTS', of: ({ attempts }) => String(attempts) },
      { title: 'SUBJECT', of: ({ subject }) => subject },
      { title: 'ERROR', of: ({ error }) => error ?? '' },
    ],
    'Nothing was sent yet.',
  );
}

function leadsTo(channel: ChannelView): string {
  if (channel.kind === 'email') return channel.to.join(', ');
  return channel.kind === 'webhook' ? channel.url : `${channel.topology}/${channel.startNode}`;
}

async function jsonOf(file: string): Promise<unknown> {
  let text: string;
  try {
    text = file === '-' ? await readAll() : await readFile(file, 'utf8');
  } catch (cause) {
    throw new InputError(`${file} cannot be read: ${(cause as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file === '-' ? 'The standard input' : file} is no JSON: ${(cause as Error).message}`);
  }
}

async function readAll(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) text += part;
  return text;
}
