// The connectors: audiences and their members, tags, and campaigns.

import { type Common, type Endpoint, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

const audience = { list_id: text('Id of the audience; default: that of the settings', { minLength: 1 }) };
const member = { ...audience, email: text('E-mail address of the member', { minLength: 3 }) };
const campaign_id = { campaign_id: text('Id of the campaign', { minLength: 1 }) };
const ofSettings = { list_id: 'settings.audience' } as const;
const MEMBER = '/lists/{list_id}/members/{email}';
const since = (what: string) => text(`Only what ${what} after this ISO time`);
const pages = paging.offset({ size: { count: 500 }, total: '/total_items' });
const found = record({ id: text(), email_address: text(), status: text() });
const named = record({ id: text(), name: text() });

const details = {
  status: choice(
    ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'],
    'Status; pending asks the person by e-mail',
  ),
  merge_fields: map('Values by merge tag: `{"FNAME": "Ann"}`'),
  interests: map('Interests by id: true or false'),
  language: text('Language, such as cs'),
  vip: flag('Whether it is a VIP'),
  email_type: choice(['html', 'text'], 'How it likes e-mail'),
};
const done = (request: Endpoint['request'], description: string, says: string): Endpoint => ({
  request,
  description,
  path: campaign_id,
  output: record({ campaign_id: text(), [says]: flag() }),
  gives: ({ campaign_id: id }) => ({ campaign_id: id, [says]: true }),
});

export const common: Common = {};

export const table: EndpointTable = {
  'list-audiences': {
    request: 'GET /lists',
    description: 'Audiences, one message each',
    from: '/lists',
    paging: pages,
    output: named,
  },
  'get-audience': {
    request: 'GET /lists/{list_id}',
    description: 'Read an audience',
    path: audience,
    fallback: ofSettings,
    output: named,
  },
  'list-members': {
    request: 'GET /lists/{list_id}/members',
    description: 'Members of an audience, one message each',
    path: audience,
    query: {
      status: text('Only with this status, such as subscribed'),
      since_last_changed: since('changed'),
      since_timestamp_opt: since('signed up'),
    },
    fallback: ofSettings,
    from: '/members',
    paging: pages,
    output: found,
  },
  'get-member': {
    request: `GET ${MEMBER}`,
    description: 'Read a member',
    path: member,
    fallback: ofSettings,
    output: found,
  },
  'add-member': {
    request: 'POST /lists/{list_id}/members',
    description: 'Put somebody into an audience who is not in it',
    path: audience,
    body: { email_address: text('E-mail address', { minLength: 3 }), ...details, tags: list(text(), 'Tags') },
    needs: ['email_address', 'status'],
    fallback: ofSettings,
    output: found,
  },
  'upsert-member': {
    request: `PUT ${MEMBER}`,
    description: 'Put somebody into an audience, or change who is in it',
    path: member,
    body: {
      ...details,
      email_address: text('E-mail address'),
      status_if_new: choice(
        ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional'],
        'Status of who is new',
      ),
    },
    needs: ['email_address', 'status_if_new'],
    fallback: ofSettings,
    output: found,
  },
  'update-member': {
    request: `PATCH ${MEMBER}`,
    description: 'Change a member; what is not given stays',
    path: member,
    body: { ...details, email_address: text('New e-mail address') },
    fallback: ofSettings,
    output: found,
  },
  'archive-member': {
    request: `DELETE ${MEMBER}`,
    description: 'Put a member into the archive',
    path: member,
    fallback: ofSettings,
    output: record({ email: text(), archived: flag() }),
    gives: ({ email }) => ({ email, archived: true }),
  },
  'tag-member': {
    request: `POST ${MEMBER}/tags`,
    description: 'Put tags on a member, or take them away',
    path: member,
    body: {
      tags: list(
        object({ name: text(), status: choice(['active', 'inactive']) }, ['name', 'status']),
        'Tags: `[{"name": "oak", "status": "active"}]`',
        { minItems: 1 },
      ),
    },
    needs: ['tags'],
    fallback: ofSettings,
    output: record({ email: text(), tagged: flag() }),
    gives: ({ email }) => ({ email, tagged: true }),
  },
  ...resource({
    one: 'campaign',
    path: '/campaigns',
    item: '/campaigns/{campaign_id}',
    at: campaign_id,
    filters: {
      status: choice(['save', 'paused', 'schedule', 'sending', 'sent'], 'Only with this status'),
      since_send_time: since('was sent'),
      list_id: text('Only of this audience'),
    },
    fields: {
      type: choice(['regular', 'plaintext', 'rss'], 'Type; of a new one only'),
      recipients: map('Audience: `{"list_id": …}`'),
      settings: map('Subject, sender and more: `{"subject_line": …, "from_name": …, "reply_to": …}`'),
      tracking: map('What is tracked'),
    },
    needs: ['type'],
    output: record({ id: text(), status: text() }),
    but: { list: { from: '/campaigns', paging: pages } },
  }),
  'set-campaign-content': {
    request: 'PUT /campaigns/{campaign_id}/content',
    description: 'Set what a campaign says',
    path: campaign_id,
    body: {
      html: text('HTML'),
      plain_text: text('Text'),
      url: text('Address it is taken from'),
      template: map('Template: `{"id": …, "sections": {…}}`'),
    },
    output: object({ html: text(), plain_text: text() }),
  },
  'send-campaign': done('POST /campaigns/{campaign_id}/actions/send', 'Send a campaign now', 'sent'),
  'unschedule-campaign': done(
    'POST /campaigns/{campaign_id}/actions/unschedule',
    'Stop a campaign that is to be sent later',
    'unscheduled',
  ),
};
