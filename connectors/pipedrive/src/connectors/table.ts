// The connectors: four kinds of records that are listed, read, made, changed and deleted alike, and three lists.

import {
  type Common,
  type Context,
  type EndpointTable,
  type JsonSchema,
  paging,
  type Resource,
  resource,
  schema,
} from '@sluice/sdk';

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

const deals = {
  one: 'deal',
  many: 'deals',
  path: '/api/v2/deals',
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

const persons = {
  one: 'person',
  many: 'persons',
  path: '/api/v2/persons',
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

const organizations = {
  one: 'organization',
  many: 'organizations',
  path: '/api/v2/organizations',
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

const activities = {
  one: 'activity',
  many: 'activities',
  path: '/api/v2/activities',
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

/** By the cursor that Pipedrive gives. */
const pages = (limit: number) =>
  paging.cursor({ param: 'cursor', from: '/additional_data/next_cursor', size: { limit } });

export const common: Common = { from: '/data', list: { paging: pages(500) } };

/** Records of one kind; the id is a number, and what is deleted stays for thirty days. */
const records = (of: Resource & Required<Pick<Resource, 'words'>>): EndpointTable =>
  resource({
    ...of,
    at: { id: id('Its id') },
    but: { ...of.but, delete: { description: `Delete ${of.words.one}; Pipedrive keeps it for thirty days` } },
  });

/** The pipeline of the settings, for a deal that is not placed yet. */
async function placed(deal: Readonly<Record<string, unknown>>, context: Context) {
  if (deal.pipeline_id !== undefined || deal.stage_id !== undefined) return deal;
  const pipeline = (await context.install()).value('settings', 'pipeline');
  return pipeline ? { pipeline_id: Number(pipeline), ...deal } : deal;
}

export const table: EndpointTable = {
  ...records({ ...deals, but: { create: { complete: placed } } }),
  ...records(persons),
  ...records(organizations),
  ...records(activities),
  'search-items': {
    request: 'GET /api/v2/itemSearch',
    description: 'Records of any kind that have a term in them, the best first, one message each',
    query: {
      term: text('What to look for; two characters or more, one when exact', { minLength: 1 }),
      kinds: list(
        choice(['deal', 'person', 'organization', 'product', 'lead', 'file', 'project']),
        'Only these kinds',
        { minItems: 1 },
      ),
      exact: flag('Only what is the same as the term; default: false'),
    },
    needs: ['term'],
    called: { kinds: 'item_types', exact: 'exact_match' },
    from: '/data/items',
    paging: pages(100),
    output: record({ result_score: number(), item: map() }),
  },
  'list-pipelines': {
    request: 'GET /api/v2/pipelines',
    description: 'Pipelines, one message each',
    output: record({ id: integer(), name: text() }),
  },
  'list-stages': {
    request: 'GET /api/v2/stages',
    description: 'Stages of a pipeline, or of all, one message each',
    query: { pipeline_id: id('Only those of this pipeline') },
    output: record({ id: integer(), name: text(), pipeline_id: integer() }),
  },
};
