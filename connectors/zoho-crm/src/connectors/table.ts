// The endpoints of Zoho CRM, version 8, for records of any module.

import { type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, list, map, object, record, text } = schema;

export const module = { module: text('API name of the module, such as Leads', { pattern: '^\\w+$' }) };
export const id = { id: text('Id of the record', { pattern: '^\\d+$' }) };
const fields = list(text(), 'Fields of the answer, at most 50', { minItems: 1, maxItems: 50 });
const anyRecord = record({ id: text() });
/** Within the first 2 000 by number, beyond by token; a token goes on from any page. */
const pages = paging.cursor({
  param: 'page_token',
  from: '/info/next_page_token',
  more: '/info/more_records',
  size: { per_page: 200 },
});
const numbered = paging.numbered({ size: { per_page: 200 }, more: '/info/more_records' });

export const table: EndpointTable = {
  'list-records': {
    request: 'GET /{module}',
    description: 'Records of a module, one message each',
    path: module,
    query: {
      fields,
      ids: list(text(), 'Only those with these ids'),
      sort_by: choice(['id', 'Created_Time', 'Modified_Time'], 'Order'),
      sort_order: choice(['asc', 'desc'], 'Direction of the order'),
      cvid: text('Only those of this custom view'),
    },
    needs: ['fields'],
    from: '/data',
    paging: pages,
    output: anyRecord,
  },
  'search-records': {
    request: 'GET /{module}/search',
    description: 'Records of a module that match, at most 2 000, one message each',
    path: module,
    query: {
      criteria: text('Such as (Last_Name:equals:Novak)'),
      email: text('With this e-mail address'),
      phone: text('With this telephone number'),
      word: text('With this word'),
      fields,
    },
    from: '/data',
    paging: numbered,
    output: anyRecord,
  },
  'get-record': {
    request: 'GET /{module}/{id}',
    description: 'Read a record',
    path: { ...module, ...id },
    from: '/data/0',
    output: anyRecord,
  },
  'list-related-records': {
    request: 'GET /{module}/{id}/{related}',
    description: 'Records that belong to a record, such as its notes, one message each',
    path: { ...module, ...id, related: text('API name of the related list, such as Notes', { pattern: '^\\w+$' }) },
    query: { fields },
    needs: ['fields'],
    from: '/data',
    paging: pages,
    output: anyRecord,
  },
  'convert-lead': {
    request: 'POST /Leads/{id}/actions/convert',
    description: 'Make account, contact and deal of a lead',
    path: id,
    body: {
      data: list(map(), 'What of it: overwrite, notify_lead_owner, Accounts, Contacts, Deals', {
        minItems: 1,
        maxItems: 1,
      }),
    },
    needs: ['data'],
    from: '/data/0',
    output: record({ status: text() }),
  },
  'list-modules': {
    request: 'GET /settings/modules',
    description: 'Modules of the organisation, one message each',
    from: '/modules',
    paging: paging.all(),
    output: record({ api_name: text() }),
  },
  'list-fields': {
    request: 'GET /settings/fields',
    description: 'Fields of a module, one message each',
    query: module,
    needs: ['module'],
    from: '/fields',
    paging: paging.all(),
    output: record({ api_name: text(), data_type: text() }),
  },
  'list-users': {
    request: 'GET /users',
    description: 'Users of the organisation, one message each',
    query: {
      type: choice(['AllUsers', 'ActiveUsers', 'DeactiveUsers', 'AdminUsers'], 'Only these; default: AllUsers'),
    },
    from: '/users',
    paging: numbered,
    output: record({ id: text(), email: text() }),
  },
};

export const written = record({ code: text(), status: text(), details: object({ id: text() }) });
