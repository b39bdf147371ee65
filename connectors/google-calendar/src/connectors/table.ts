// The endpoints of Google Calendar, version 3.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, object, record, text } = schema;

export const common: Common = {
  list: {
    from: '/items',
    paging: paging.cursor({ param: 'pageToken', from: '/nextPageToken', size: { maxResults: 250 } }),
  },
};

const calendarId = { calendarId: text('Id of the calendar, or primary', { minLength: 1 }) };
const eventId = { eventId: text('Id of the event', { minLength: 1 }) };
const time = (description: string) =>
  text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' });
const moment = (description: string) =>
  object({ dateTime: text(), date: text(), timeZone: text() }, [], {
    description: `${description}: dateTime as 2026-01-31T10:00:00+01:00, or date as 2026-01-31 for a whole day; timeZone`,
  });
const sendUpdates = { sendUpdates: choice(['all', 'externalOnly', 'none'], 'Who is told by e-mail; default: none') };

const event = record({ id: text(), status: text() });
const fields = {
  summary: text('Title'),
  description: text('Description, may be HTML'),
  location: text('Place'),
  start: moment('Begin'),
  end: moment('End'),
  attendees: list(object({ email: text(), optional: flag(), displayName: text() }, ['email']), 'Who is invited'),
  recurrence: list(text(), 'Rules of a series, such as RRULE:FREQ=WEEKLY'),
  reminders: map('useDefault, overrides'),
  colorId: text('Id of a colour'),
  transparency: choice(['opaque', 'transparent'], 'Whether the time is taken'),
  visibility: choice(['default', 'public', 'private', 'confidential'], 'Who sees it'),
  conferenceData: map('createRequest: requestId; makes a video call when conferenceDataVersion is 1'),
  extendedProperties: map('private and shared: texts by key'),
};
const conference = { conferenceDataVersion: integer('1: conferenceData is regarded', { minimum: 0, maximum: 1 }) };
const fallback = { calendarId: 'settings.calendar' } as const;
const acl = record({ id: text(), role: text(), scope: map() });

export const table: EndpointTable = {
  ...resource({
    one: 'event',
    path: '/calendars/{calendarId}/events',
    item: '/calendars/{calendarId}/events/{eventId}',
    at: { ...calendarId, ...eventId },
    filters: {
      timeMin: time('Only those that end after this time'),
      timeMax: time('Only those that begin before this time'),
      updatedMin: time('Only those that changed after this time, the deleted ones as well'),
      q: text('Only those that have this text in them'),
      singleEvents: flag('Every event of a series by itself; default: false'),
      orderBy: choice(['startTime', 'updated'], 'Order; startTime only with singleEvents'),
      showDeleted: flag('The deleted ones as well; default: false'),
      privateExtendedProperty: text('Only those with this property, as name=value'),
      timeZone: text('Time zone of the answer'),
    },
    fields,
    needs: ['start', 'end'],
    output: event,
    but: {
      list: { fallback },
      get: { fallback, query: { timeZone: text('Time zone of the answer') } },
      create: { fallback, query: { ...sendUpdates, ...conference } },
      update: { fallback, query: { ...sendUpdates, ...conference } },
      delete: {
        fallback,
        query: sendUpdates,
        output: record({ eventId: text(), deleted: flag() }),
      },
    },
  }),
  'list-event-instances': {
    request: 'GET /calendars/{calendarId}/events/{eventId}/instances',
    description: 'Events of a series, one message each',
    path: { ...calendarId, ...eventId },
    query: {
      timeMin: time('Only those that end after this time'),
      timeMax: time('Only those that begin before this time'),
    },
    fallback,
    output: event,
  },
  'move-event': {
    request: 'POST /calendars/{calendarId}/events/{eventId}/move',
    description: 'Move an event into another calendar',
    path: { ...calendarId, ...eventId },
    query: { destination: text('Id of that calendar', { minLength: 1 }), ...sendUpdates },
    needs: ['destination'],
    fallback,
    output: event,
  },
  'quick-add-event': {
    request: 'POST /calendars/{calendarId}/events/quickAdd',
    description: 'Make an event from a sentence',
    path: calendarId,
    query: { text: text('Such as "Lunch with Ann tomorrow at noon"', { minLength: 1 }), ...sendUpdates },
    needs: ['text'],
    fallback,
    output: event,
  },
  'query-free-busy': {
    request: 'POST /freeBusy',
    description: 'When calendars are taken',
    body: {
      timeMin: time('From'),
      timeMax: time('To'),
      timeZone: text('Time zone of the answer'),
      items: list(object({ id: text() }, ['id']), 'Calendars, by id', { minItems: 1 }),
    },
    needs: ['timeMin', 'timeMax', 'items'],
    output: record({ calendars: map() }),
  },
  'list-calendars': {
    request: 'GET /users/me/calendarList',
    description: 'Calendars that who is connected has in the list, one message each',
    query: {
      minAccessRole: choice(['freeBusyReader', 'reader', 'writer', 'owner'], 'Only those in which one may do that'),
      showHidden: flag('The hidden ones as well'),
    },
    output: record({ id: text(), summary: text(), accessRole: text() }),
  },
  ...resource({
    one: 'calendar',
    path: '/calendars',
    item: '/calendars/{calendarId}',
    at: calendarId,
    fields: {
      summary: text('Title', { minLength: 1 }),
      description: text('Description'),
      location: text('Place'),
      timeZone: text('Time zone, such as Europe/Prague'),
    },
    needs: ['summary'],
    output: record({ id: text(), summary: text() }),
    verbs: ['get', 'create', 'update', 'delete'],
  }),
  'list-access-rules': {
    request: 'GET /calendars/{calendarId}/acl',
    description: 'Who may see or change a calendar, one message each',
    path: calendarId,
    fallback,
    output: acl,
  },
  'create-access-rule': {
    request: 'POST /calendars/{calendarId}/acl',
    description: 'Let somebody see or change a calendar',
    path: calendarId,
    query: { sendNotifications: flag('Whether they are told by e-mail; default: true') },
    body: {
      role: choice(['freeBusyReader', 'reader', 'writer', 'owner', 'none'], 'What they may do'),
      scope: object({ type: choice(['default', 'user', 'group', 'domain']), value: text() }, ['type'], {
        description: 'Who: type, value',
      }),
    },
    needs: ['role', 'scope'],
    fallback,
    output: acl,
  },
  'delete-access-rule': {
    request: 'DELETE /calendars/{calendarId}/acl/{ruleId}',
    description: 'Let somebody no longer see or change a calendar',
    path: calendarId,
    fallback,
    output: record({ ruleId: text(), deleted: flag() }),
    gives: ({ ruleId }) => ({ ruleId, deleted: true }),
  },
};
