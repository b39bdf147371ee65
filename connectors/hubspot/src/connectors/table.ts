// The connectors of all kinds of records, which are read and written alike, and what says that two belong together.

import { type Context, type EndpointTable, paging, resource, schema } from '@sluice/sdk';
import { associationOutput, deletedOutput, filters, id, properties, propertyNames, recordOutput } from './records.ts';

type Values = Readonly<Record<string, unknown>>;

const next = '/paging/next/after';
const search = {
  filters,
  query: schema.text('Words that HubSpot looks for in the usual properties', { maxLength: 3_000 }),
  properties: propertyNames,
};

/** Conditions that must all hold are one group of HubSpot's. */
const grouped = ({ filters: all, ...given }: Values): Values =>
  Array.isArray(all) && all.length > 0 ? { ...given, filters: [{ filters: all }] } : given;

/** In the pipeline of the settings, when it names none. */
async function placed({ properties: given, ...rest }: Values, context: Context): Promise<Values> {
  const pipeline = (await context.install()).value<string>('settings', 'pipeline');
  return { ...rest, properties: { ...(pipeline ? { pipeline } : {}), ...(given as Values) } };
}

/** @param one  as in the name of a connector, and the member with its id */
const records = (one: string, many: string): EndpointTable => ({
  ...resource({
    one,
    many,
    path: `/crm/v3/objects/${many}`,
    item: `/crm/v3/objects/${many}/{${one}}`,
    at: { [one]: id(`Id of the ${one}`) },
    filters: { properties: propertyNames },
    fields: { properties },
    needs: ['properties'],
    output: recordOutput,
    but: {
      list: {
        description: `All ${many}, one message each`,
        from: '/results',
        paging: paging.cursor({ param: 'after', from: next, size: { limit: 100 } }),
      },
      get: { description: `One ${one}`, query: { properties: propertyNames } },
      update: {
        description: `Change properties of a ${one}; what is not given stays, an empty text empties`,
        needs: ['properties'],
      },
      delete: {
        description: `Move a ${one} to the recycling bin`,
        output: deletedOutput,
        gives: (input) => ({ id: input[one], deleted: true }),
      },
    },
  }),
  [`search-${many}`]: {
    request: `POST /crm/v3/objects/${many}/search`,
    description: `Found ${many}, one message each; HubSpot gives at most 10 000`,
    body: search,
    complete: grouped,
    called: { filters: 'filterGroups' },
    from: '/results',
    paging: paging.cursor({ param: 'after', from: next, size: { limit: 200 }, in: 'body' }),
    output: recordOutput,
  },
});

const kind = (description: string) => schema.choice(['contacts', 'companies', 'deals', 'tickets'], description);
const { 'get-contact': _byIdAlone, ...contacts } = records('contact', 'contacts');
const deals = records('deal', 'deals');

export const table: EndpointTable = {
  ...contacts,
  ...records('company', 'companies'),
  ...deals,
  'create-deal': {
    ...deals['create-deal']!,
    description: 'Make a deal, in the pipeline of the settings when it names none',
    complete: placed,
  },
  'associate-records': {
    request: 'PUT /crm/v4/objects/{from_kind}/{from}/associations/default/{to_kind}/{to}',
    description: 'Say that two records belong together, without a label; a repeat does no harm',
    path: {
      from_kind: kind('Kind of the one record'),
      from: id('Id of the one record'),
      to_kind: kind('Kind of the other record'),
      to: id('Id of the other record'),
    },
    from: '/results/0',
    output: associationOutput,
  },
};
