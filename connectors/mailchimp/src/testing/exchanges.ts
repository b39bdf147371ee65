// Written from Mailchimp's public reference, version 3.0.

import {
  choicesCase,
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const API = '/3.0';
const see = (page: string) => `https://mailchimp.com/developer/marketing/api/${page}`;
const member = { id: '62ee', email_address: 'ann@example.com', status: 'subscribed' };
const audience = { id: 'a1', name: 'Doors' };
const campaign = { id: 'c1', status: 'save' };
const settings = { settings: { dataCentre: 'us19', audience: 'a1' } };
const pages = (name: string, request: string, item: object): Row['pages'] => {
  const size = `${request.includes('?') ? '&' : '?'}count=500&offset=`;
  return [
    [`${request}${size}0`, { [name]: [item], total_items: 2 }, '1'],
    [`${request}${size}1`, { [name]: [item], total_items: 2 }],
  ];
};
const M = `${API}/lists/{list_id}/members/{email}`;
const m = `${API}/lists/a1/members/ann%40example.com`;
const events = { subscribe: true, unsubscribe: false, profile: false, cleaned: false, upemail: false, campaign: false };

export const exchanges = exchangeTable({
  service: {
    origin: 'https://us19.api.mailchimp.com',
    headers: { accept: 'application/json' },
    applications: {
      mailchimp: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'mailchimp-token': {
        settings: { ...settings, credentials: { password: 'k1-us19' } },
        headers: { authorization: `Basic ${Buffer.from('sluice:k1-us19').toString('base64')}` },
      },
    },
    always: [
      {
        title: 'too many at once, of which Mailchimp does not say how long',
        answer: {
          status: 429,
          json: {
            title: 'Too Many Requests',
            status: 429,
            detail: 'You have exceeded the limit of 10 simultaneous connections.',
          },
        },
        outcome: { kind: 'limit', after: 10, says: '10 simultaneous connections' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: { title: 'Internal Server Error', status: 500 } },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there',
        answer: {
          status: 404,
          json: { title: 'Resource Not Found', status: 404, detail: 'The requested resource could not be found.' },
        },
        outcome: { kind: 'fail', code: 'mailchimp.not_found', says: 'could not be found' },
      },
      {
        title: 'not as Mailchimp wants it',
        answer: {
          status: 400,
          json: {
            title: 'Invalid Resource',
            detail: 'See errors.',
            errors: [{ field: 'email_address', message: 'This value should be a valid email.' }],
          },
        },
        outcome: {
          kind: 'fail',
          code: 'mailchimp.invalid',
          says: 'email_address: This value should be a valid email.',
        },
      },
    ],
  },
  application: [
    ...connectionCases(`GET ${API}/?fields=account_name`, { account_name: 'Octo' }, 'Connected to Octo.', {
      status: 403,
      answer: { title: 'User Disabled' },
      fails: 'mailchimp.forbidden: User Disabled',
    }),
    choicesCase(
      'settings.audience',
      `GET ${API}/lists?fields=lists.id%2Clists.name&count=1000`,
      { lists: [audience] },
      [['a1', 'Doors']],
    ),
    subscribeCase(
      'subscribe',
      {},
      {
        request: `POST ${API}/lists/a1/webhooks`,
        json: { url: 'https://sluice.example.com/hooks/1', events, sources: { user: true, admin: true, api: true } },
      },
      { id: 'w1' },
      { reference: { webhook: 'w1' } },
    ),
    ...endingCases('subscribe', { webhook: 'w1' }, `DELETE ${API}/lists/a1/webhooks/w1`),
    subscriptionsCase(
      'subscribe',
      `GET ${API}/lists/a1/webhooks`,
      {
        webhooks: [
          { id: 'w1', url: 'https://a.example.com', events },
          { id: 'w2', url: 'https://b.example.com', events: { ...events, subscribe: false } },
        ],
      },
      [{ reference: { webhook: 'w1' }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    'list-audiences': {
      endpoint: `GET ${API}/lists`,
      see: see('lists/get-lists-info/'),
      pages: pages('lists', `GET ${API}/lists`, audience)!,
      from: '/lists',
    },
    'get-audience': {
      endpoint: `GET ${API}/lists/{list_id}`,
      see: see('lists/get-list-info/'),
      needs: [],
      request: `GET ${API}/lists/a1`,
      answer: audience,
    },
    'list-members': {
      endpoint: `GET ${API}/lists/{list_id}/members`,
      see: see('list-members/list-members-info/'),
      needs: [],
      input: { status: 'subscribed' },
      pages: pages('members', `GET ${API}/lists/a1/members?status=subscribed`, member)!,
      from: '/members',
    },
    'get-member': {
      endpoint: `GET ${M}`,
      see: see('list-members/get-member-info/'),
      needs: ['email'],
      input: { email: 'ann@example.com' },
      request: `GET ${m}`,
      answer: member,
    },
    'add-member': {
      endpoint: `POST ${API}/lists/{list_id}/members`,
      see: see('list-members/add-member-to-list/'),
      needs: ['email_address', 'status'],
      input: {
        email_address: 'ann@example.com',
        status: 'pending',
        merge_fields: { FNAME: 'Žofie' },
        tags: ['oak'],
        more: 1,
      },
      request: `POST ${API}/lists/a1/members`,
      json: { email_address: 'ann@example.com', status: 'pending', merge_fields: { FNAME: 'Žofie' }, tags: ['oak'] },
      answer: member,
      refused: [[{ email_address: 'ann@example.com', status: 'king' }, '/status must be equal to one of']],
    },
    'upsert-member': {
      endpoint: `PUT ${M}`,
      see: see('list-members/add-or-update-list-member/'),
      needs: ['email', 'email_address', 'status_if_new'],
      input: { email: 'ann@example.com', email_address: 'ann@example.com', status_if_new: 'subscribed' },
      request: `PUT ${m}`,
      json: { email_address: 'ann@example.com', status_if_new: 'subscribed' },
      answer: member,
    },
    'update-member': {
      endpoint: `PATCH ${M}`,
      see: see('list-members/update-list-member/'),
      needs: ['email'],
      input: { list_id: 'a2', email: 'ann@example.com', vip: true },
      request: `PATCH ${API}/lists/a2/members/ann%40example.com`,
      json: { vip: true },
      answer: member,
    },
    'archive-member': {
      endpoint: `DELETE ${M}`,
      see: see('list-members/archive-list-member/'),
      needs: ['email'],
      input: { email: 'ann@example.com' },
      request: `DELETE ${m}`,
      status: 204,
      gives: { email: 'ann@example.com', archived: true },
    },
    'tag-member': {
      endpoint: `POST ${M}/tags`,
      see: see('list-member-tags/add-or-remove-member-tags/'),
      needs: ['email', 'tags'],
      input: { email: 'ann@example.com', tags: [{ name: 'oak', status: 'active' }] },
      request: `POST ${m}/tags`,
      json: { tags: [{ name: 'oak', status: 'active' }] },
      status: 204,
      gives: { email: 'ann@example.com', tagged: true },
    },
    'list-campaigns': {
      endpoint: `GET ${API}/campaigns`,
      see: see('campaigns/list-campaigns/'),
      input: { status: 'sent' },
      pages: pages('campaigns', `GET ${API}/campaigns?status=sent`, campaign)!,
      from: '/campaigns',
    },
    'get-campaign': {
      endpoint: `GET ${API}/campaigns/{campaign_id}`,
      see: see('campaigns/get-campaign-info/'),
      input: { campaign_id: 'c1' },
      request: `GET ${API}/campaigns/c1`,
      answer: campaign,
    },
    'create-campaign': {
      endpoint: `POST ${API}/campaigns`,
      see: see('campaigns/add-campaign/'),
      needs: ['type'],
      input: { type: 'regular', recipients: { list_id: 'a1' } },
      json: { type: 'regular', recipients: { list_id: 'a1' } },
      answer: campaign,
    },
    'update-campaign': {
      endpoint: `PATCH ${API}/campaigns/{campaign_id}`,
      see: see('campaigns/update-campaign-settings/'),
      input: { campaign_id: 'c1', settings: { subject_line: 'Dveře' } },
      request: `PATCH ${API}/campaigns/c1`,
      json: { settings: { subject_line: 'Dveře' } },
      answer: campaign,
    },
    'delete-campaign': {
      endpoint: `DELETE ${API}/campaigns/{campaign_id}`,
      see: see('campaigns/delete-campaign/'),
      input: { campaign_id: 'c1' },
      request: `DELETE ${API}/campaigns/c1`,
      status: 204,
      gives: { campaign_id: 'c1', deleted: true },
    },
    'set-campaign-content': {
      endpoint: `PUT ${API}/campaigns/{campaign_id}/content`,
      see: see('campaign-content/set-campaign-content/'),
      input: { campaign_id: 'c1', html: '<p>Ahoj</p>' },
      request: `PUT ${API}/campaigns/c1/content`,
      json: { html: '<p>Ahoj</p>' },
      answer: { html: '<p>Ahoj</p>', plain_text: 'Ahoj' },
    },
    'send-campaign': {
      endpoint: `POST ${API}/campaigns/{campaign_id}/actions/send`,
      see: see('campaigns/send-campaign/'),
      input: { campaign_id: 'c1' },
      request: `POST ${API}/campaigns/c1/actions/send`,
      status: 204,
      gives: { campaign_id: 'c1', sent: true },
    },
    'unschedule-campaign': {
      endpoint: `POST ${API}/campaigns/{campaign_id}/actions/unschedule`,
      see: see('campaigns/unschedule-campaign/'),
      input: { campaign_id: 'c1' },
      request: `POST ${API}/campaigns/c1/actions/unschedule`,
      status: 204,
      gives: { campaign_id: 'c1', unscheduled: true },
    },
  },
});
