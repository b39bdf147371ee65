// What the developer guide of Salesforce's REST API says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/${page}.htm`;
const API = '/services/data/v62.0';
const ID = '0018d00000AbCdEAAV';

const account = (Id: string) => ({
  attributes: { type: 'Account', url: `${API}/sobjects/Account/${Id}` },
  Id,
  Name: 'Acme',
});
const problem = (errorCode: string, message: string, fields: string[] = []) => [{ message, errorCode, fields }];
const token = {
  token: 'at-1',
  extra: { instance_url: 'https://acme.my.salesforce.com' },
  headers: { authorization: 'Bearer at-1' },
};

export const exchanges = exchangeTable({
  service: {
    origin: 'https://acme.my.salesforce.com',
    applications: {
      salesforce: { settings: { settings: { host: 'login.salesforce.com' } }, ...token },
      'salesforce-application': {
        settings: { credentials: { clientId: 'c', clientSecret: 's' }, settings: { host: 'acme.my.salesforce.com' } },
        ...token,
      },
    },
    headers: { accept: 'application/json' },
    tokenRefused: { status: 401, json: problem('INVALID_SESSION_ID', 'Session expired or invalid') },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem('NOT_FOUND', 'The requested resource does not exist') },
        outcome: { kind: 'fail', code: 'salesforce.not_found', says: 'NOT_FOUND: The requested resource' },
      },
      {
        title: 'a field that is missing',
        answer: {
          status: 400,
          json: problem('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']),
        },
        outcome: { kind: 'fail', code: 'salesforce.required_field_missing', says: 'missing: [Name]: Name' },
      },
      {
        title: 'the calls of the day are used up',
        answer: { status: 403, json: problem('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') },
        outcome: { kind: 'limit', after: 300, says: 'TotalRequests Limit exceeded.' },
      },
      {
        title: 'a record that others change now',
        answer: {
          status: 400,
          json: problem('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
        },
        outcome: { kind: 'fail', code: 'salesforce.unable_to_lock_row', says: 'exclusive access' },
      },
      {
        title: 'Salesforce in trouble',
        answer: { status: 503, json: problem('SERVER_UNAVAILABLE', 'Server unavailable') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${API}/limits`, answer: { json: { DailyApiRequests: { Max: 100_000, Remaining: 99_000 } } } },
      ],
      answers: { detail: 'Connected: 99000 of 100000 calls are left today.' },
    },
    {
      title: 'a user without the right to call the API',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/limits`,
          answer: {
            status: 403,
            json: problem('API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'),
          },
        },
      ],
      fails: { code: 'salesforce.api_disabled_for_org', says: 'not enabled' },
    },
  ],
  connectors: {
    'query-records': {
      endpoint: `GET ${API}/query[/{locator}]`,
      see: see('resources_query'),
      from: '/records',
      needs: ['query'],
      input: { query: "SELECT Id, Name FROM Account WHERE Name LIKE 'A%'" },
      pages: [
        [
          `GET ${API}/query?q=SELECT+Id,+Name+FROM+Account+WHERE+Name+LIKE+'A%25'`,
          {
            totalSize: 3,
            done: false,
            nextRecordsUrl: `${API}/query/01gD0000002HU6KIAW-2000`,
            records: [account('1'), account('2')],
          },
          '01gD0000002HU6KIAW-2000',
        ],
        [`GET ${API}/query/01gD0000002HU6KIAW-2000`, { totalSize: 3, done: true, records: [account('3')] }],
      ],
      more: [
        {
          title: 'a query that is none',
          input: { query: 'SELEC' },
          request: `GET ${API}/query?q=SELEC`,
          status: 400,
          answer: problem('MALFORMED_QUERY', 'unexpected token: SELEC'),
          fails: 'salesforce.malformed_query: unexpected token',
        },
      ],
    },
    'create-record': {
      endpoint: `POST ${API}/sobjects/{object}`,
      see: see('dome_sobject_create'),
      needs: ['object', 'fields'],
      input: { object: 'Account', fields: { Name: 'Kůň 🐴', ERP_Id__c: '9' }, more: 1 },
      request: `POST ${API}/sobjects/Account`,
      json: { Name: 'Kůň 🐴', ERP_Id__c: '9' },
      status: 201,
      answer: { id: ID, success: true, errors: [] },
      more: [
        {
          title: 'one that is there',
          input: { object: 'Account', fields: { Name: 'A' } },
          request: `POST ${API}/sobjects/Account`,
          json: { Name: 'A' },
          status: 400,
          answer: problem('DUPLICATES_DETECTED', 'Use one of these records?'),
          fails: 'salesforce.duplicates_detected: Use one of these records?',
        },
      ],
      refused: [[{ object: 'Account/../x', fields: {} }, '/object must match pattern']],
    },
    'update-record': {
      endpoint: `PATCH ${API}/sobjects/{object}/{id}`,
      see: see('dome_update_fields'),
      needs: ['object', 'id', 'fields'],
      input: { object: 'Account', id: ID, fields: { Name: 'B' } },
      request: `PATCH ${API}/sobjects/Account/${ID}`,
      json: { Name: 'B' },
      status: 204,
      gives: { id: ID, updated: true },
      refused: [[{ object: 'Account', id: '1', fields: {} }, '/id must match pattern']],
    },
    'upsert-record': {
      endpoint: `PATCH ${API}/sobjects/{object}/{externalField}/{externalId}`,
      see: see('dome_upsert'),
      needs: ['object', 'externalField', 'externalId', 'fields'],
      input: { object: 'Account', externalField: 'ERP_Id__c', externalId: 'a/9', fields: { Name: 'B' } },
      request: `PATCH ${API}/sobjects/Account/ERP_Id__c/a%2F9`,
      json: { Name: 'B' },
      status: 201,
      answer: { id: ID, success: true, errors: [], created: true },
      more: [
        {
          title: 'a key that is there twice',
          input: { object: 'Account', externalField: 'ERP_Id__c', externalId: '9', fields: {} },
          request: `PATCH ${API}/sobjects/Account/ERP_Id__c/9`,
          json: {},
          status: 300,
          answer: [`${API}/sobjects/Account/1`, `${API}/sobjects/Account/2`],
          fails: 'salesforce.not_unique: sobjects/Account/1',
        },
      ],
    },
    'get-record': {
      endpoint: `GET ${API}/sobjects/{object}/{id}`,
      see: see('dome_get_field_values'),
      needs: ['object', 'id'],
      input: { object: 'Account', id: ID, fields: ['Name', 'Industry'] },
      request: `GET ${API}/sobjects/Account/${ID}?fields=Name,Industry`,
      answer: account(ID),
    },
    'delete-record': {
      endpoint: `DELETE ${API}/sobjects/{object}/{id}`,
      see: see('dome_delete_record'),
      input: { object: 'Account', id: ID },
      request: `DELETE ${API}/sobjects/Account/${ID}`,
      status: 204,
      gives: { id: ID, deleted: true },
    },
    'create-records': {
      endpoint: `POST ${API}/composite/sobjects`,
      see: see('resources_composite_sobjects_collections_create'),
      needs: ['records'],
      input: { records: [{ attributes: { type: 'Account' }, Name: 'A' }], allOrNone: true },
      json: { records: [{ attributes: { type: 'Account' }, Name: 'A' }], allOrNone: true },
      answer: [{ id: ID, success: true, errors: [] }],
      refused: [[{ records: [] }, '/records must NOT have fewer']],
    },
    'update-records': {
      endpoint: `PATCH ${API}/composite/sobjects`,
      see: see('resources_composite_sobjects_collections_update'),
      needs: ['records'],
      input: { records: [{ attributes: { type: 'Account' }, id: ID, Name: 'A' }] },
      json: { records: [{ attributes: { type: 'Account' }, id: ID, Name: 'A' }] },
      answer: [{ id: ID, success: true, errors: [] }],
    },
    'search-records': {
      endpoint: `GET ${API}/parameterizedSearch`,
      see: see('resources_search_parameterized'),
      onePage: true,
      needs: ['q'],
      input: { q: 'Acme', sobject: 'Account', fields: ['id', 'name'], overallLimit: 10, in: 'NAME' },
      from: '/searchRecords',
      pages: [
        [
          `GET ${API}/parameterizedSearch?q=Acme&sobject=Account&fields=id,name&in=NAME&overallLimit=10`,
          { searchRecords: [account(ID)] },
        ],
      ],
    },
    'list-updated-records': {
      endpoint: `GET ${API}/sobjects/{object}/updated/`,
      see: see('resources_getupdated'),
      needs: ['object', 'start', 'end'],
      input: { object: 'Account', start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' },
      request: `GET ${API}/sobjects/Account/updated/?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z`,
      answer: { ids: [ID], latestDateCovered: '2026-01-02T00:00:00.000+0000' },
    },
    'list-deleted-records': {
      endpoint: `GET ${API}/sobjects/{object}/deleted/`,
      see: see('resources_getdeleted'),
      needs: ['object', 'start', 'end'],
      input: { object: 'Account', start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' },
      request: `GET ${API}/sobjects/Account/deleted/?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z`,
      answer: {
        deletedRecords: [{ id: ID, deletedDate: '2026-01-01T08:00:00.000+0000' }],
        latestDateCovered: '2026-01-02T00:00:00.000+0000',
      },
      refused: [[{ object: 'Account', start: 'now', end: 'now' }, '/start must match pattern']],
    },
    'describe-object': {
      endpoint: `GET ${API}/sobjects/{object}/describe`,
      see: see('resources_sobject_describe'),
      input: { object: 'Account' },
      request: `GET ${API}/sobjects/Account/describe`,
      answer: { name: 'Account', fields: [{ name: 'Name' }] },
    },
    'list-objects': {
      endpoint: `GET ${API}/sobjects`,
      see: see('resources_describeGlobal'),
      onePage: true,
      from: '/sobjects',
      pages: [[`GET ${API}/sobjects`, { encoding: 'UTF-8', sobjects: [{ name: 'Account', label: 'Account' }] }]],
    },
    'get-limits': {
      endpoint: `GET ${API}/limits`,
      see: see('resources_limits'),
      answer: { DailyApiRequests: { Max: 5, Remaining: 1 } },
    },
  },
});
