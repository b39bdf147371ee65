// The endpoints of the REST API for records of any object.

import { type EndpointTable, paging, schema } from '@sluice/sdk';

const { flag, integer, list, map, object, record, text } = schema;

const named = { object: text('Object, such as Account or Order__c', { pattern: '^\\w+$' }) };
const id = { id: text('Id of the record', { pattern: '^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$' }) };
const time = (description: string) =>
  text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$' });
const since = { start: time('From, as 2026-01-31T00:00:00Z; at most thirty days back'), end: time('To') };
const made = record({ id: text(), success: flag() });
const many = (more: string) =>
  list(map(), `Records, at most 200: attributes with type${more}, and fields by name`, { minItems: 1, maxItems: 200 });
const allOrNone = flag('Whether none is written when one cannot be; default: false');

export const table: EndpointTable = {
  'get-record': {
    request: 'GET /sobjects/{object}/{id}',
    description: 'Read a record',
    path: { ...named, ...id },
    query: { fields: list(text(), 'Only these fields; default: all') },
    output: record({ attributes: map() }),
  },
  'delete-record': {
    request: 'DELETE /sobjects/{object}/{id}',
    description: 'Put a record into the recycle bin',
    path: { ...named, ...id },
    output: record({ id: text(), deleted: flag() }),
    gives: (input) => ({ id: input.id, deleted: true }),
  },
  'create-records': {
    request: 'POST /composite/sobjects',
    description: 'Make up to 200 records of any objects',
    body: { records: many(''), allOrNone },
    needs: ['records'],
    output: list(object({ success: flag() }, ['success'])),
  },
  'update-records': {
    request: 'PATCH /composite/sobjects',
    description: 'Change up to 200 records of any objects; what is not given stays',
    body: { records: many(' (and id)'), allOrNone },
    needs: ['records'],
    output: list(object({ success: flag() }, ['success'])),
  },
  'search-records': {
    request: 'GET /parameterizedSearch',
    description: 'Records with a text in them, of any objects, one message each',
    query: {
      q: text('What to look for', { minLength: 2 }),
      sobject: text('Only of this object'),
      fields: list(text(), 'Fields of the answer'),
      in: text('Where: ALL, NAME, EMAIL, PHONE or SIDEBAR'),
      overallLimit: integer('At most so many', { minimum: 1, maximum: 2_000 }),
    },
    needs: ['q'],
    from: '/searchRecords',
    paging: paging.all(),
    output: record({ attributes: map() }),
  },
  'list-updated-records': {
    request: 'GET /sobjects/{object}/updated/',
    description: 'Ids of the records that changed in a time, all at once',
    path: named,
    query: since,
    needs: ['start', 'end'],
    output: record({ ids: list(text()), latestDateCovered: text() }),
  },
  'list-deleted-records': {
    request: 'GET /sobjects/{object}/deleted/',
    description: 'Records that were deleted in a time, all at once',
    path: named,
    query: since,
    needs: ['start', 'end'],
    output: record({ deletedRecords: list(map()), latestDateCovered: text() }),
  },
  'describe-object': {
    request: 'GET /sobjects/{object}/describe',
    description: 'Fields of an object and what may be done with it',
    path: named,
    output: record({ name: text(), fields: list(map()) }),
  },
  'list-objects': {
    request: 'GET /sobjects',
    description: 'Objects of the organisation, one message each',
    from: '/sobjects',
    paging: paging.all(),
    output: record({ name: text(), label: text() }),
  },
  'get-limits': {
    request: 'GET /limits',
    description: 'What of the limits of the organisation is left',
    output: record({ DailyApiRequests: map() }),
  },
};

export { id, made, named };
