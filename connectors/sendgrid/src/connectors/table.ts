// The connectors: sending, contacts and lists, suppressions, templates and statistics.

import { type Common, type Endpoint, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, object, record, text } = schema;

const named = record({ id: text(), name: text() });
const someone = (what: string) => object({ email: text(), name: text() }, ['email'], { description: what });
const job = record({ job_id: text() });
const day = (what: string) => text(what, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const pages = (page_size: number) => paging.address({ from: '/_metadata/next', size: { page_size } });
const email = { email: text('E-mail address', { minLength: 3 }) };
const between = {
  start_time: integer('Only since then, in seconds since 1970'),
  end_time: integer('Only until then, in seconds since 1970'),
};

/** Addresses that nothing is sent to. */
const suppressed = (what: string, at: string): Endpoint => ({
  request: `GET /suppression/${at}`,
  description: `${what}, one message each`,
  query: between,
  paging: paging.offset({ size: { limit: 500 } }),
  output: record({ email: text(), created: integer() }),
});
const freed = (what: string, request: `DELETE ${string}`): Endpoint => ({
  request,
  description: what,
  path: email,
  output: record({ email: text(), deleted: flag() }),
  gives: ({ email: address }) => ({ email: address, deleted: true }),
});

export const common: Common = {};

export const table: EndpointTable = {
  'send-mail': {
    request: 'POST /mail/send',
    description: 'Send an e-mail',
    body: {
      personalizations: list(
        map(),
        'To whom, each with its own: `[{"to": [{"email": …}], "dynamic_template_data": {…}}]`',
        { minItems: 1, maxItems: 1_000 },
      ),
      from: someone('From whom; a verified sender'),
      reply_to: someone('Who gets answers'),
      subject: text('Subject'),
      content: list(
        object({ type: text(), value: text() }, ['type', 'value']),
        'What it says: `[{"type": "text/plain", "value": …}]`',
      ),
      attachments: list(
        object({ content: text(), filename: text(), type: text() }, ['content', 'filename']),
        'Files, as base64',
      ),
      template_id: text('Id of a template'),
      categories: list(text(), 'Categories, for statistics', { maxItems: 10 }),
      custom_args: map('Values that come back with events'),
      send_at: integer('When, in seconds since 1970; at most three days away'),
      asm: map('Group of unsubscribes: `{"group_id": …}`'),
      mail_settings: map('Settings: `{"sandbox_mode": {"enable": true}}` only checks'),
      tracking_settings: map('What is tracked'),
    },
    needs: ['personalizations', 'from'],
    output: record({ message_id: text() }),
    gives: (_, { headers }) => ({ message_id: String(headers['x-message-id'] ?? '') }),
  },
  'upsert-contacts': {
    request: 'PUT /marketing/contacts',
    description: 'Make contacts, or change those with these addresses; SendGrid does it later and says by what job',
    body: {
      contacts: list(map(), 'Contacts: `[{"email": …, "first_name": …, "custom_fields": {…}}]`', {
        minItems: 1,
        maxItems: 30_000,
      }),
      list_ids: list(text(), 'Ids of lists that they come into'),
    },
    needs: ['contacts'],
    output: job,
  },
  'search-contacts': {
    request: 'POST /marketing/contacts/search',
    description: 'Contacts by a condition, one message each; SendGrid gives the first fifty',
    body: { query: text("Condition, as SendGrid writes it: `email LIKE 'ann%'`", { minLength: 1 }) },
    needs: ['query'],
    from: '/result',
    paging: paging.all(),
    output: record({ id: text(), email: text() }),
  },
  'get-contact': {
    request: 'GET /marketing/contacts/{contact_id}',
    description: 'Read a contact',
    path: { contact_id: text('Id of the contact', { minLength: 1 }) },
    output: record({ id: text(), email: text() }),
  },
  'delete-contacts': {
    request: 'DELETE /marketing/contacts',
    description: 'Delete contacts; SendGrid does it later and says by what job',
    query: { ids: list(text(), 'Ids of contacts', { minItems: 1, maxItems: 100 }) },
    needs: ['ids'],
    output: job,
  },
  ...resource({
    one: 'list',
    path: '/marketing/lists',
    item: '/marketing/lists/{list_id}',
    fields: { name: text('Name', { minLength: 1, maxLength: 100 }) },
    needs: ['name'],
    output: named,
    but: { list: { from: '/result', paging: pages(1_000) } },
  }),
  'list-bounces': suppressed('Addresses that e-mail came back from', 'bounces'),
  'list-blocks': suppressed('Addresses that refused e-mail', 'blocks'),
  'list-spam-reports': suppressed('Addresses that called e-mail spam', 'spam_reports'),
  'list-unsubscribes': suppressed('Addresses that want no e-mail at all', 'unsubscribes'),
  'delete-bounce': freed('Send to an address again that e-mail came back from', 'DELETE /suppression/bounces/{email}'),
  'add-unsubscribes': {
    request: 'POST /asm/suppressions/global',
    description: 'Send no e-mail to addresses any more',
    body: { recipient_emails: list(text(), 'E-mail addresses', { minItems: 1 }) },
    needs: ['recipient_emails'],
    output: record({ recipient_emails: list(text()) }),
  },
  'delete-unsubscribe': freed(
    'Send to an address again that wanted no e-mail',
    'DELETE /asm/suppressions/global/{email}',
  ),
  'list-templates': {
    request: 'GET /templates',
    description: 'Templates, one message each',
    query: { generations: choice(['legacy', 'dynamic', 'legacy,dynamic'], 'Which; default: legacy') },
    from: '/result',
    paging: pages(200),
    output: named,
  },
  'get-template': {
    request: 'GET /templates/{template_id}',
    description: 'Read a template with its versions',
    path: { template_id: text('Id of the template', { minLength: 1 }) },
    output: named,
  },
  'list-statistics': {
    request: 'GET /stats',
    description: 'How much was sent, delivered, opened and more, one message for each day, week or month',
    query: {
      start_date: day('First day'),
      end_date: day('Last day; default: today'),
      aggregated_by: choice(['day', 'week', 'month'], 'For each what; default: day'),
    },
    needs: ['start_date'],
    paging: paging.all(),
    output: record({ date: text(), stats: list({}) }),
  },
};
