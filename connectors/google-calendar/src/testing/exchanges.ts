// What Google's reference of the Calendar API, version 3, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (method: string) => `https://developers.google.com/workspace/calendar/api/v3/reference/${method}`;
const API = '/calendar/v3';
const MINE = `${API}/calendars/team%40acme.example`;

const event = (id: string) => ({
  id,
  status: 'confirmed',
  summary: 'Delivery',
  start: { dateTime: '2026-01-31T10:00:00+01:00' },
  end: { dateTime: '2026-01-31T11:00:00+01:00' },
});
const calendar = (id: string) => ({ id, summary: 'Deliveries', timeZone: 'Europe/Prague' });
const rule = (id: string) => ({ id, role: 'reader', scope: { type: 'user', value: 'ben@acme.example' } });
const problem = (code: number, reason: string, message: string) => ({
  error: { code, message, errors: [{ domain: 'global', reason, message }] },
});
/** Made of address and time. */
const CHANNEL = '5b17094b2d0121b4001c00a97d9e5a82f826aa6e';
const settings = { settings: { calendar: 'team@acme.example' } };
const span = { start: { dateTime: '2026-01-31T10:00:00+01:00' }, end: { dateTime: '2026-01-31T11:00:00+01:00' } };

export const exchanges = exchangeTable({
  service: {
    origin: 'https://www.googleapis.com',
    applications: {
      'google-calendar': { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'google-calendar-service': { settings, token: 'at-2', headers: { authorization: 'Bearer at-2' } },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem(404, 'notFound', 'Not Found') },
        outcome: { kind: 'fail', code: 'google-calendar.not_found', says: 'notFound; Not Found' },
      },
      {
        title: 'one that is deleted already',
        answer: { status: 410, json: problem(410, 'deleted', 'Resource has been deleted') },
        outcome: { kind: 'fail', code: 'google-calendar.gone', says: 'has been deleted' },
      },
      {
        title: 'too many requests, which Google says with 403',
        answer: { status: 403, json: problem(403, 'rateLimitExceeded', 'Rate Limit Exceeded') },
        outcome: { kind: 'limit', after: 60, says: 'rateLimitExceeded' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem(429, 'rateLimitExceeded', 'Rate Limit Exceeded') },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'Google in trouble',
        answer: { status: 500, json: problem(500, 'backendError', 'Backend Error') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  itemsFrom: '/items',
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/users/me/calendarList?maxResults=250&fields=items(id)`,
          answer: { json: { items: [{ id: 'a' }, { id: 'b' }] } },
        },
      ],
      answers: { detail: 'Connected: 2 calendars.' },
    },
    {
      title: 'a scope that was not given',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/users/me/calendarList?maxResults=250&fields=items(id)`,
          answer: {
            status: 403,
            json: problem(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.'),
          },
        },
      ],
      fails: { code: 'google-calendar.forbidden', says: 'insufficient authentication scopes' },
    },
    {
      title: 'calendars to choose from',
      invoke: { operation: 'choices', form: 'settings', field: 'calendar' },
      exchanges: [
        {
          request: `GET ${API}/users/me/calendarList?maxResults=250&fields=items(id,summary)`,
          answer: { json: { items: [{ id: 'team@acme.example', summary: 'Team' }] } },
        },
      ],
      answers: [
        { value: 'primary', label: 'The main one of who is connected' },
        { value: 'team@acme.example', label: 'Team' },
      ],
    },
    {
      title: 'R17: events are subscribed to',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'events',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: {},
      },
      exchanges: [
        {
          request: `POST ${MINE}/events/watch`,
          json: {
            id: CHANNEL,
            type: 'web_hook',
            address: 'https://sluice.example.com/hooks/1',
            token: 's-1',
            params: { ttl: '601200' },
          },
          answer: { json: { kind: 'api#channel', id: CHANNEL, resourceId: 'res-1', expiration: '1767826800000' } },
        },
      ],
      answers: { reference: { channel: CHANNEL, resource: 'res-1' }, expiresAt: 1_767_826_800_000 },
    },
    {
      title: 'R17: a channel is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'events', reference: { channel: 'c1', resource: 'res-1' } },
      exchanges: [
        { request: `POST ${API}/channels/stop`, json: { id: 'c1', resourceId: 'res-1' }, answer: { status: 204 } },
      ],
    },
    {
      title: 'a channel that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'events', reference: { channel: 'c1', resource: 'res-1' } },
      exchanges: [
        {
          request: `POST ${API}/channels/stop`,
          json: { id: 'c1', resourceId: 'res-1' },
          answer: { status: 404, json: problem(404, 'channelIdNotFound', 'Channel not found') },
        },
      ],
    },
  ],
  connectors: {
    'list-events': {
      endpoint: `GET ${API}/calendars/{calendarId}/events`,
      see: see('events/list'),
      needs: [],
      input: {
        calendarId: 'primary',
        timeMin: '2026-01-01T00:00:00Z',
        timeMax: '2026-02-01T00:00:00Z',
        singleEvents: true,
        orderBy: 'startTime',
        q: 'delivery',
      },
      pages: [
        [
          `GET ${API}/calendars/primary/events?timeMin=2026-01-01T00:00:00Z&timeMax=2026-02-01T00:00:00Z&q=delivery&singleEvents=true&orderBy=startTime&maxResults=250`,
          { items: [event('e1')], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${API}/calendars/primary/events?timeMin=2026-01-01T00:00:00Z&timeMax=2026-02-01T00:00:00Z&q=delivery&singleEvents=true&orderBy=startTime&maxResults=250&pageToken=p2`,
          { items: [event('e2')] },
        ],
      ],
      more: [
        {
          title: 'of the calendar of the settings, by what changed',
          input: {
            updatedMin: '2026-01-01T00:00:00Z',
            showDeleted: true,
            privateExtendedProperty: 'erp=9',
            timeZone: 'UTC',
          },
          pages: [
            [
              `GET ${MINE}/events?updatedMin=2026-01-01T00:00:00Z&showDeleted=true&privateExtendedProperty=erp%3D9&timeZone=UTC&maxResults=250`,
              { items: [] },
            ],
          ],
        },
      ],
      refused: [[{ timeMin: '2026-01-01' }, '/timeMin must match pattern']],
    },
    'get-event': {
      endpoint: `GET ${API}/calendars/{calendarId}/events/{eventId}`,
      see: see('events/get'),
      needs: ['eventId'],
      input: { eventId: 'e1', timeZone: 'UTC' },
      request: `GET ${MINE}/events/e1?timeZone=UTC`,
      answer: event('e1'),
    },
    'create-event': {
      endpoint: `POST ${API}/calendars/{calendarId}/events`,
      see: see('events/insert'),
      needs: ['start', 'end'],
      input: {
        summary: 'Kůň 🐴',
        ...span,
        attendees: [{ email: 'ben@acme.example' }],
        sendUpdates: 'all',
        conferenceDataVersion: 1,
        conferenceData: { createRequest: { requestId: 'r1' } },
        more: 1,
      },
      request: `POST ${MINE}/events?sendUpdates=all&conferenceDataVersion=1`,
      json: {
        summary: 'Kůň 🐴',
        ...span,
        attendees: [{ email: 'ben@acme.example' }],
        conferenceData: { createRequest: { requestId: 'r1' } },
      },
      answer: event('e3'),
      refused: [[{ ...span, attendees: [{}] }, "/attendees/0 must have required property 'email'"]],
    },
    'update-event': {
      endpoint: `PATCH ${API}/calendars/{calendarId}/events/{eventId}`,
      see: see('events/patch'),
      needs: ['eventId'],
      input: { eventId: 'e1', location: 'Brno' },
      request: `PATCH ${MINE}/events/e1`,
      json: { location: 'Brno' },
      answer: event('e1'),
    },
    'delete-event': {
      endpoint: `DELETE ${API}/calendars/{calendarId}/events/{eventId}`,
      see: see('events/delete'),
      needs: ['eventId'],
      input: { eventId: 'e1', sendUpdates: 'none' },
      request: `DELETE ${MINE}/events/e1?sendUpdates=none`,
      status: 204,
      gives: { eventId: 'e1', deleted: true },
    },
    'list-event-instances': {
      endpoint: `GET ${API}/calendars/{calendarId}/events/{eventId}/instances`,
      see: see('events/instances'),
      needs: ['eventId'],
      input: { eventId: 'e1', timeMin: '2026-01-01T00:00:00Z' },
      pages: [
        [
          `GET ${MINE}/events/e1/instances?timeMin=2026-01-01T00:00:00Z&maxResults=250`,
          { items: [event('e1_1')], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${MINE}/events/e1/instances?timeMin=2026-01-01T00:00:00Z&maxResults=250&pageToken=p2`,
          { items: [event('e1_2')] },
        ],
      ],
    },
    'move-event': {
      endpoint: `POST ${API}/calendars/{calendarId}/events/{eventId}/move`,
      see: see('events/move'),
      needs: ['eventId', 'destination'],
      input: { eventId: 'e1', destination: 'primary' },
      request: `POST ${MINE}/events/e1/move?destination=primary`,
      answer: event('e1'),
    },
    'quick-add-event': {
      endpoint: `POST ${API}/calendars/{calendarId}/events/quickAdd`,
      see: see('events/quickAdd'),
      needs: ['text'],
      input: { text: 'Lunch tomorrow' },
      request: `POST ${MINE}/events/quickAdd?text=Lunch+tomorrow`,
      answer: event('e4'),
    },
    'query-free-busy': {
      endpoint: `POST ${API}/freeBusy`,
      see: see('freebusy/query'),
      needs: ['timeMin', 'timeMax', 'items'],
      input: { timeMin: '2026-01-01T00:00:00Z', timeMax: '2026-01-02T00:00:00Z', items: [{ id: 'primary' }] },
      json: { timeMin: '2026-01-01T00:00:00Z', timeMax: '2026-01-02T00:00:00Z', items: [{ id: 'primary' }] },
      answer: { kind: 'calendar#freeBusy', calendars: { primary: { busy: [] } } },
    },
    'list-calendars': {
      endpoint: `GET ${API}/users/me/calendarList`,
      see: see('calendarList/list'),
      input: { minAccessRole: 'writer' },
      pages: [
        [
          `GET ${API}/users/me/calendarList?minAccessRole=writer&maxResults=250`,
          { items: [{ id: 'a', summary: 'Ann', accessRole: 'owner' }], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${API}/users/me/calendarList?minAccessRole=writer&maxResults=250&pageToken=p2`,
          { items: [{ id: 'b', summary: 'Ben', accessRole: 'writer' }] },
        ],
      ],
    },
    'get-calendar': {
      endpoint: `GET ${API}/calendars/{calendarId}`,
      see: see('calendars/get'),
      input: { calendarId: 'primary' },
      request: `GET ${API}/calendars/primary`,
      answer: calendar('primary'),
    },
    'create-calendar': {
      endpoint: `POST ${API}/calendars`,
      see: see('calendars/insert'),
      needs: ['summary'],
      input: { summary: 'Deliveries', timeZone: 'Europe/Prague' },
      json: { summary: 'Deliveries', timeZone: 'Europe/Prague' },
      answer: calendar('c1'),
    },
    'update-calendar': {
      endpoint: `PATCH ${API}/calendars/{calendarId}`,
      see: see('calendars/patch'),
      input: { calendarId: 'c1', description: 'All' },
      needs: ['calendarId'],
      request: `PATCH ${API}/calendars/c1`,
      json: { description: 'All' },
      answer: calendar('c1'),
    },
    'delete-calendar': {
      endpoint: `DELETE ${API}/calendars/{calendarId}`,
      see: see('calendars/delete'),
      input: { calendarId: 'c1' },
      request: `DELETE ${API}/calendars/c1`,
      status: 204,
      gives: { calendarId: 'c1', deleted: true },
    },
    'list-access-rules': {
      endpoint: `GET ${API}/calendars/{calendarId}/acl`,
      see: see('acl/list'),
      needs: [],
      pages: [
        [`GET ${MINE}/acl?maxResults=250`, { items: [rule('user:a')], nextPageToken: 'p2' }, 'p2'],
        [`GET ${MINE}/acl?maxResults=250&pageToken=p2`, { items: [rule('user:b')] }],
      ],
    },
    'create-access-rule': {
      endpoint: `POST ${API}/calendars/{calendarId}/acl`,
      see: see('acl/insert'),
      needs: ['role', 'scope'],
      input: { role: 'reader', scope: { type: 'user', value: 'ben@acme.example' }, sendNotifications: false },
      request: `POST ${MINE}/acl?sendNotifications=false`,
      json: { role: 'reader', scope: { type: 'user', value: 'ben@acme.example' } },
      answer: rule('user:ben@acme.example'),
    },
    'delete-access-rule': {
      endpoint: `DELETE ${API}/calendars/{calendarId}/acl/{ruleId}`,
      see: see('acl/delete'),
      needs: ['ruleId'],
      input: { ruleId: 'user:ben@acme.example' },
      request: `DELETE ${MINE}/acl/user%3Aben%40acme.example`,
      status: 204,
      gives: { ruleId: 'user:ben@acme.example', deleted: true },
    },
  },
});
