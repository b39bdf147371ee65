// What the description of Zoho CRM's API, version 8, says of requests and answers.

import { createHash } from 'node:crypto';
import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://www.zoho.com/crm/developer/docs/api/v8/${page}.html`;
const API = '/crm/v8';

const lead = (id: string) => ({ id, Last_Name: 'Novák', Email: 'novak@acme.example' });
const info = (more_records: boolean, next_page_token: string | null = null) => ({
  per_page: 200,
  count: 1,
  page: 1,
  more_records,
  next_page_token,
});
const done = (id: string) => ({
  data: [{ code: 'SUCCESS', status: 'success', message: 'record added', details: { id } }],
});
const result = (id: string) => ({ code: 'SUCCESS', status: 'success', message: 'record added', details: { id } });
const URL = 'https://sluice.example.com/hooks/1';
/** A number that comes of the address. */
const CHANNEL = BigInt(`0x${createHash('sha256').update(URL).digest('hex').slice(0, 14)}`).toString();

export const exchanges = exchangeTable({
  service: {
    origin: 'https://www.zohoapis.eu',
    applications: {
      'zoho-crm': {
        settings: { settings: { accounts: 'accounts.zoho.eu' } },
        token: 'at-1',
        extra: { api_domain: 'https://www.zohoapis.eu' },
        headers: { authorization: 'Zoho-oauthtoken at-1' },
      },
    },
    headers: { accept: 'application/json' },
    tokenRefused: {
      status: 401,
      json: { code: 'INVALID_TOKEN', details: {}, message: 'invalid oauth token', status: 'error' },
    },
    always: [
      {
        title: 'a module that is not there',
        answer: {
          status: 400,
          json: {
            code: 'INVALID_MODULE',
            details: {},
            message: 'the module name given seems to be invalid',
            status: 'error',
          },
        },
        outcome: { kind: 'fail', code: 'zoho-crm.invalid_module', says: 'seems to be invalid' },
      },
      {
        title: 'a record that is not there',
        answer: {
          status: 400,
          json: {
            data: [
              {
                code: 'INVALID_DATA',
                details: { id: '70' },
                message: 'the id given seems to be invalid',
                status: 'error',
              },
            ],
          },
        },
        outcome: { kind: 'fail', code: 'zoho-crm.invalid_data', says: 'the id given seems to be invalid; {"id":"70"}' },
      },
      {
        title: 'a scope that is missing',
        answer: {
          status: 401,
          json: {
            code: 'OAUTH_SCOPE_MISMATCH',
            details: {},
            message: 'invalid oauth scope to access this URL',
            status: 'error',
          },
        },
        outcome: { kind: 'fail', code: 'zoho-crm.oauth_scope_mismatch', says: 'invalid oauth scope' },
      },
      {
        title: 'too many requests, and no time',
        answer: {
          status: 429,
          json: { code: 'TOO_MANY_REQUESTS', details: {}, message: 'too many requests', status: 'error' },
        },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'Zoho in trouble',
        answer: {
          status: 500,
          json: { code: 'INTERNAL_ERROR', details: {}, message: 'Internal Server Error', status: 'error' },
        },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/org`, answer: { json: { org: [{ company_name: 'Acme' }] } } }],
      answers: { detail: 'Connected to Acme.' },
    },
    {
      title: 'a person who may not',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/org`,
          answer: {
            status: 403,
            json: { code: 'NO_PERMISSION', details: {}, message: 'permission denied', status: 'error' },
          },
        },
      ],
      fails: { code: 'zoho-crm.no_permission', says: 'permission denied' },
    },
    {
      title: 'R17: records of a module are subscribed to, for a week',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'records',
        url: URL,
        secret: 's-1',
        parameters: { module: 'Leads', change: 'create' },
      },
      exchanges: [
        {
          request: `POST ${API}/actions/watch`,
          json: {
            watch: [
              {
                channel_id: CHANNEL,
                events: ['Leads.create'],
                channel_expiry: '2026-01-07T23:00:00+00:00',
                notify_url: URL,
              },
            ],
          },
          answer: {
            json: {
              watch: [
                {
                  code: 'SUCCESS',
                  details: {},
                  message: 'Successfully subscribed for actions-watch of the given module',
                  status: 'success',
                },
              ],
            },
          },
        },
      ],
      answers: { reference: { channel: CHANNEL }, expiresAt: 1_767_826_800_000 },
    },
    {
      title: 'R17: a channel is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'records', reference: { channel: '77' } },
      exchanges: [
        {
          request: `DELETE ${API}/actions/watch?channel_ids=77`,
          answer: { json: { watch: [{ code: 'SUCCESS', status: 'success' }] } },
        },
      ],
    },
    {
      title: 'a channel that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'records', reference: { channel: '77' } },
      exchanges: [
        {
          request: `DELETE ${API}/actions/watch?channel_ids=77`,
          answer: {
            status: 400,
            json: { code: 'NOT_SUBSCRIBED', status: 'error', message: 'channel id not subscribed' },
          },
        },
      ],
    },
  ],
  connectors: {
    'list-records': {
      endpoint: `GET ${API}/{module}`,
      see: see('get-records'),
      from: '/data',
      needs: ['module', 'fields'],
      input: { module: 'Leads', fields: ['Last_Name', 'Email'], sort_by: 'Modified_Time', sort_order: 'asc' },
      pages: [
        [
          `GET ${API}/Leads?fields=Last_Name,Email&sort_by=Modified_Time&sort_order=asc&per_page=200`,
          { data: [lead('1')], info: info(true, 'pt2') },
          'pt2',
        ],
        [
          `GET ${API}/Leads?fields=Last_Name,Email&sort_by=Modified_Time&sort_order=asc&per_page=200&page_token=pt2`,
          { data: [lead('2')], info: info(false) },
        ],
      ],
      refused: [
        [{ module: 'Leads/1', fields: ['a'] }, '/module must match pattern'],
        [{ module: 'Leads', fields: [] }, '/fields must NOT have fewer'],
      ],
    },
    'search-records': {
      endpoint: `GET ${API}/{module}/search`,
      see: see('search-records'),
      from: '/data',
      needs: ['module'],
      input: { module: 'Leads', criteria: '(Last_Name:equals:Novák)', fields: ['Last_Name'] },
      pages: [
        [
          `GET ${API}/Leads/search?criteria=(Last_Name:equals:Nov%C3%A1k)&fields=Last_Name&per_page=200&page=1`,
          { data: [lead('1')], info: info(true) },
          '2',
        ],
        [
          `GET ${API}/Leads/search?criteria=(Last_Name:equals:Nov%C3%A1k)&fields=Last_Name&per_page=200&page=2`,
          { data: [lead('2')], info: info(false) },
        ],
      ],
    },
    'get-record': {
      endpoint: `GET ${API}/{module}/{id}`,
      see: see('get-records'),
      from: '/data/0',
      input: { module: 'Leads', id: '1' },
      request: `GET ${API}/Leads/1`,
      answer: { data: [lead('1')] },
      refused: [[{ module: 'Leads', id: 'x' }, '/id must match pattern']],
    },
    'list-related-records': {
      endpoint: `GET ${API}/{module}/{id}/{related}`,
      see: see('get-related-records'),
      from: '/data',
      needs: ['module', 'id', 'related', 'fields'],
      input: { module: 'Leads', id: '1', related: 'Notes', fields: ['Note_Title'] },
      pages: [
        [
          `GET ${API}/Leads/1/Notes?fields=Note_Title&per_page=200`,
          { data: [{ id: '5', Note_Title: 'A' }], info: info(true, 'pt2') },
          'pt2',
        ],
        [
          `GET ${API}/Leads/1/Notes?fields=Note_Title&per_page=200&page_token=pt2`,
          { data: [{ id: '6', Note_Title: 'B' }], info: info(false) },
        ],
      ],
    },
    'convert-lead': {
      endpoint: `POST ${API}/Leads/{id}/actions/convert`,
      see: see('convert-lead'),
      from: '/data/0',
      needs: ['id', 'data'],
      input: { id: '1', data: [{ overwrite: true, Deals: { Deal_Name: 'D' } }] },
      request: `POST ${API}/Leads/1/actions/convert`,
      json: { data: [{ overwrite: true, Deals: { Deal_Name: 'D' } }] },
      answer: { data: [{ code: 'SUCCESS', status: 'success', details: { Accounts: { id: '8' } } }] },
    },
    'list-modules': {
      endpoint: `GET ${API}/settings/modules`,
      see: see('modules-api'),
      onePage: true,
      from: '/modules',
      pages: [[`GET ${API}/settings/modules`, { modules: [{ api_name: 'Leads', id: '1' }] }]],
    },
    'list-fields': {
      endpoint: `GET ${API}/settings/fields`,
      see: see('field-meta'),
      onePage: true,
      from: '/fields',
      needs: ['module'],
      input: { module: 'Leads' },
      pages: [[`GET ${API}/settings/fields?module=Leads`, { fields: [{ api_name: 'Last_Name', data_type: 'text' }] }]],
    },
    'list-users': {
      endpoint: `GET ${API}/users`,
      see: see('get-users'),
      from: '/users',
      input: { type: 'ActiveUsers' },
      pages: [
        [
          `GET ${API}/users?type=ActiveUsers&per_page=200&page=1`,
          { users: [{ id: '1', email: 'ann@acme.example' }], info: info(true) },
          '2',
        ],
        [
          `GET ${API}/users?type=ActiveUsers&per_page=200&page=2`,
          { users: [{ id: '2', email: 'ben@acme.example' }], info: info(false) },
        ],
      ],
    },
    'create-record': {
      endpoint: `POST ${API}/{module}`,
      see: see('insert-records'),
      needs: ['module', 'fields'],
      input: { module: 'Leads', fields: { Last_Name: 'Kůň 🐴' }, trigger: ['workflow'], more: 1 },
      request: `POST ${API}/Leads`,
      json: { data: [{ Last_Name: 'Kůň 🐴' }], trigger: ['workflow'] },
      status: 201,
      from: '/data/0',
      answer: done('9'),
      more: [
        {
          title: 'one that is there',
          input: { module: 'Leads', fields: { Last_Name: 'A', Email: 'a@b.cz' } },
          request: `POST ${API}/Leads`,
          json: { data: [{ Last_Name: 'A', Email: 'a@b.cz' }] },
          status: 202,
          answer: {
            data: [
              { code: 'DUPLICATE_DATA', status: 'error', message: 'duplicate data', details: { api_name: 'Email' } },
            ],
          },
          fails: 'zoho-crm.duplicate_data: DUPLICATE_DATA: duplicate data {"api_name":"Email"}',
        },
      ],
    },
    'update-record': {
      endpoint: `PUT ${API}/{module}/{id}`,
      see: see('update-records'),
      needs: ['module', 'id', 'fields'],
      input: { module: 'Leads', id: '1', fields: { Email: 'b@b.cz' } },
      request: `PUT ${API}/Leads/1`,
      json: { data: [{ Email: 'b@b.cz' }] },
      gives: result('1'),
      answer: done('1'),
    },
    'upsert-record': {
      endpoint: `POST ${API}/{module}/upsert`,
      see: see('upsert-records'),
      needs: ['module', 'fields'],
      input: { module: 'Leads', fields: { Email: 'b@b.cz' }, duplicateCheck: ['Email'] },
      request: `POST ${API}/Leads/upsert`,
      json: { data: [{ Email: 'b@b.cz' }], duplicate_check_fields: ['Email'] },
      gives: result('1'),
      answer: done('1'),
    },
    'delete-record': {
      endpoint: `DELETE ${API}/{module}/{id}`,
      see: see('delete-records'),
      input: { module: 'Leads', id: '1' },
      request: `DELETE ${API}/Leads/1`,
      gives: result('1'),
      answer: done('1'),
    },
    'query-records': {
      endpoint: `POST ${API}/coql`,
      see: see('COQL-Overview'),
      needs: ['query'],
      from: '/data',
      input: { query: "select Last_Name from Leads where Last_Name = 'N'" },
      pages: [
        {
          request: `POST ${API}/coql`,
          json: { select_query: "select Last_Name from Leads where Last_Name = 'N' limit 0, 2000" },
          answer: { data: [lead('1')], info: { count: 1, more_records: true } },
          cursor: '2000',
        },
        {
          request: `POST ${API}/coql`,
          json: { select_query: "select Last_Name from Leads where Last_Name = 'N' limit 2000, 2000" },
          answer: { data: [lead('2')], info: { count: 1, more_records: false } },
        },
      ],
    },
  },
});
