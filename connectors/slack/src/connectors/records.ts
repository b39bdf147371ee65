// What Slack answers: the fields that processes usually need. All others are there as well.

import { schema } from '@sluice/sdk';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly is_private: boolean;
  readonly is_archived: boolean;
}

/** A message in a channel: its `ts` is its id there. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly profile: { readonly email?: string; readonly real_name?: string };
}

const { flag, list, map, record, text } = schema;

export const channelOutput = record({ id: text(), name: text(), is_private: flag(), is_archived: flag() });
export const postedOutput = record({ channel: text(), ts: text() });
export const messageOutput = record({ type: text(), ts: text() });
export const userOutput = record({ id: text(), name: text(), deleted: flag(), profile: map() });

export const channelField = text('Id of the channel, such as C012AB3CD; default: the one of the settings', {
  pattern: '^[A-Z][A-Z0-9]{2,}$',
});
export const userField = text('Id of the person, such as U012AB3CD', { pattern: '^[A-Z][A-Z0-9]{2,}$' });
export const ts = (description: string) => text(description, { pattern: '^\\d+\\.\\d+$' });
export const content = {
  text: text('The message, in the markup of Slack; also what notifications show', { minLength: 1, maxLength: 40_000 }),
  blocks: list(map(), 'Blocks of Slack, for more than text', { maxItems: 50 }),
};
export const times = {
  oldest: ts('Only after this time: epoch seconds with a fraction'),
  latest: ts('Only before this time: epoch seconds with a fraction'),
};
