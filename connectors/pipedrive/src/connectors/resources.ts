// The kinds of records that are listed, read, made, changed and deleted alike: what can be asked of each, and what it has.

import { type JsonSchema, schema } from '@sluice/sdk';

export interface Resource {
  /** As in a path and in the name of a connector that lists. */
  readonly many: string;
  /** As in the name of a connector for one. */
  readonly one: string;
  /** In a sentence. */
  readonly words: { readonly one: string; readonly many: string };
  /** What a list can be narrowed by. */
  readonly filters: Readonly<Record<string, JsonSchema>>;
  /** What can be written. */
  readonly fields: Readonly<Record<string, JsonSchema>>;
  /** What a new one needs. */
  readonly needs: readonly string[];
  /** What processes usually need of an answer; all others are there as well. */
  readonly output: JsonSchema;
}

const { choice, flag, integer, list, map, number, object, orNull, record, text } = schema;

const id = (description: string) => integer(description, { minimum: 1 });
/** An id, or null to take it away. */
const link = (description: string): JsonSchema => ({ ...orNull(integer(undefined, { minimum: 1 })), description });
const contacts = (description: string) =>
  list(object({ value: text(), primary: flag(), label: text() }, ['value']), description);
const time = (description: string) => text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' });

const everyFilter = {
  filter_id: id('Id of a saved filter; the others, but for order, do not go with it'),
  owner_id: id('Only those of this user'),
  updated_since: time('Only those that changed at this time or later, as 2026-01-31T00:00:00Z'),
  updated_until: time('Only those that changed before this time'),
  sort_by: choice(['id', 'update_time', 'add_time'], 'Order; default: id'),
  sort_direction: choice(['asc', 'desc'], 'Direction of the order; default: asc'),
};
const owner = { owner_id: id('Id of the user it belongs to; default: who is connected') };
const custom = { custom_fields: map('Fields of the company, by the key that Pipedrive gave them') };
const labels = { label_ids: list(integer(), 'Ids of labels') };

export const deals: Resource = {
  many: 'deals',
  one: 'deal',
  words: { one: 'a deal', many: 'Deals' },
  filters: {
    ...everyFilter,
    person_id: id('Only those of this person'),
    org_id: id('Only those of this organization'),
    pipeline_id: id('Only those in this pipeline'),
    stage_id: id('Only those in this stage'),
    status: choice(['open', 'won', 'lost', 'deleted'], 'Only those with this status; default: all but deleted'),
  },
  fields: {
    title: text('Title', { minLength: 1 }),
    value: number('Value'),
    currency: text('Currency, such as CZK', { pattern: '^[A-Z]{3}$' }),
    ...owner,
    person_id: link('Id of the person; null for none'),
    org_id: link('Id of the organization; null for none'),
    pipeline_id: id('Id of the pipeline'),
    stage_id: id('Id of the stage; it says the pipeline as well'),
    status: choice(['open', 'won', 'lost'], 'Status'),
    lost_reason: text('Why it was lost; only with the status lost'),
    expected_close_date: text('Day, as 2026-01-31'),
    ...labels,
    ...custom,
  },
  needs: ['title'],
  output: record({ id: integer(), title: text(), value: orNull(number()), currency: orNull(text()), status: text() }),
};

export const persons: Resource = {
  many: 'persons',
  one: 'person',
  words: { one: 'a person', many: 'Persons' },
  filters: { ...everyFilter, org_id: id('Only those of this organization') },
  fields: {
    name: text('Name', { minLength: 1 }),
    ...owner,
    org_id: link('Id of the organization; null for none'),
    emails: contacts('E-mail addresses'),
    phones: contacts('Telephone numbers'),
    ...labels,
    ...custom,
  },
  needs: ['name'],
  output: record({ id: integer(), name: text(), emails: list({}), phones: list({}) }),
};

export const organizations: Resource = {
  many: 'organizations',
  one: 'organization',
  words: { one: 'an organization', many: 'Organizations' },
  filters: everyFilter,
  fields: {
    name: text('Name', { minLength: 1 }),
    ...owner,
    address: object({ value: text() }, ['value'], {
      description: 'Address; its member "value" is the whole in one line',
    }),
    ...labels,
    ...custom,
  },
  needs: ['name'],
  output: record({ id: integer(), name: text() }),
};

export const activities: Resource = {
  many: 'activities',
  one: 'activity',
  words: { one: 'an activity', many: 'Activities' },
  filters: {
    ...everyFilter,
    deal_id: id('Only those of this deal'),
    person_id: id('Only those with this person first'),
    org_id: id('Only those of this organization'),
    done: flag('Only those that are done, or not'),
  },
  fields: {
    subject: text('What it is about', { minLength: 1 }),
    type: text('Key of its type, such as call or meeting'),
    ...owner,
    deal_id: id('Id of the deal'),
    org_id: id('Id of the organization'),
    participants: list(
      object({ person_id: integer(), primary: flag() }, ['person_id']),
      'Persons who take part; one of them primary',
    ),
    due_date: text('Day, as 2026-01-31'),
    due_time: text('Time in UTC, as 14:30'),
    duration: text('How long, as 00:45'),
    done: flag('Whether it is done'),
    note: text('Note, as HTML'),
  },
  needs: ['subject'],
  output: record({ id: integer(), subject: text(), type: text(), done: flag() }),
};

export const RESOURCES = [deals, persons, organizations, activities] as const;
