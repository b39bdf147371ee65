// The connectors: tickets and what is said in them, contacts and companies.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { flag, integer, list, map, number, record, text } = schema;

const id = (of: string) => integer(`Id of the ${of}`, { minimum: 1 });
const tags = { tags: list(text(), 'Tags') };
const custom = { custom_fields: map('Values of fields of the account, by name') };
const ticket_id = { ticket_id: id('ticket') };
const ticket = record({ id: integer(), status: integer() });
const said = record({ id: integer(), body: text() });
const named = record({ id: integer(), name: text() });
const emails = (what: string) => list(text(), what);

export const common: Common = { list: { paging: paging.link({ per_page: 100 }) } };

const contactFields = {
  name: text('Name', { minLength: 1 }),
  email: text('E-mail address'),
  phone: text('Telephone number'),
  mobile: text('Mobile number'),
  twitter_id: text('Name at Twitter'),
  unique_external_id: text('Id of your own'),
  company_id: id('company'),
  job_title: text('Job'),
  address: text('Address'),
  description: text('About the contact'),
  ...tags,
  ...custom,
};

export const table: EndpointTable = {
  ...resource({
    one: 'ticket',
    path: '/tickets',
    item: '/tickets/{ticket_id}',
    at: ticket_id,
    filters: {
      filter: text('Which: new_and_my_open, watching, spam or deleted'),
      requester_id: id('contact who asks'),
      email: text('E-mail address of who asks'),
      company_id: id('company'),
      updated_since: text('Only what changed since this ISO time; default: of the last thirty days'),
      order_by: text('Order: created_at, due_by, updated_at or status'),
      order_type: text('Direction of the order: asc or desc'),
      include: text('What comes along: requester, stats, company or description'),
    },
    fields: {
      subject: text('Subject'),
      description: text('What is asked, as HTML'),
      email: text('E-mail address of who asks; or say requester_id, phone or unique_external_id'),
      requester_id: id('contact who asks'),
      phone: text('Telephone number of who asks; with a name'),
      name: text('Name of who asks'),
      unique_external_id: text('Id of your own of who asks'),
      status: integer('2 open, 3 pending, 4 resolved, 5 closed; or one of the account', { minimum: 2 }),
      priority: integer('1 low, 2 medium, 3 high, 4 urgent', { minimum: 1, maximum: 4 }),
      source: integer('1 e-mail, 2 portal, 3 telephone, 7 chat, 9 feedback, 10 outbound e-mail'),
      type: text('Type, one of those of the account'),
      group_id: id('group'),
      responder_id: id('agent'),
      cc_emails: emails('Who gets a copy; of a new ticket only'),
      due_by: text('When it is due, as ISO time'),
      ...tags,
      ...custom,
    },
    needs: ['subject', 'description', 'status', 'priority'],
    update: 'PUT',
    output: ticket,
  }),
  'search-tickets': {
    request: 'GET /search/tickets',
    description: 'Tickets by a condition, one message each; Freshdesk gives the first three hundred',
    query: {
      query: text('Condition in quotation marks, as Freshdesk writes it: `"status:2 AND priority:4"`', {
        pattern: '^".+"$',
      }),
    },
    needs: ['query'],
    from: '/results',
    // Thirty on a page, and ten pages at most.
    paging: {
      ask: (cursor) => ({ page: cursor ?? 1 }),
      next: ({ items, cursor }) =>
        items.length === 30 && Number(cursor ?? 1) < 10 ? String(Number(cursor ?? 1) + 1) : undefined,
    },
    output: ticket,
  },
  'list-conversations': {
    request: 'GET /tickets/{ticket_id}/conversations',
    description: 'What was said in a ticket, one message each',
    path: ticket_id,
    output: said,
  },
  'reply-ticket': {
    request: 'POST /tickets/{ticket_id}/reply',
    description: 'Answer who asked, by e-mail',
    path: ticket_id,
    body: {
      body: text('Text, as HTML', { minLength: 1 }),
      from_email: text('Address it comes from; one of those of the account'),
      user_id: id('agent who answers'),
      cc_emails: emails('Who gets a copy'),
      bcc_emails: emails('Who gets a copy that others do not see'),
    },
    needs: ['body'],
    output: said,
  },
  'add-note': {
    request: 'POST /tickets/{ticket_id}/notes',
    description: 'Put a note on a ticket',
    path: ticket_id,
    body: {
      body: text('Text, as HTML', { minLength: 1 }),
      private: flag('Whether only agents see it; default: true'),
      user_id: id('agent who writes'),
      notify_emails: emails('Agents who are told'),
    },
    needs: ['body'],
    output: said,
  },
  ...resource({
    one: 'contact',
    path: '/contacts',
    item: '/contacts/{contact_id}',
    at: { contact_id: id('contact') },
    filters: {
      email: text('With this e-mail address'),
      phone: text('With this number'),
      company_id: id('company'),
      updated_since: text('Only what changed since this ISO time'),
    },
    fields: contactFields,
    needs: ['name'],
    update: 'PUT',
    output: named,
  }),
  ...resource({
    one: 'company',
    many: 'companies',
    path: '/companies',
    item: '/companies/{company_id}',
    at: { company_id: id('company') },
    fields: {
      name: text('Name', { minLength: 1 }),
      description: text('About the company'),
      note: text('Note'),
      domains: list(text(), 'Domains whose contacts belong to it'),
      health_score: text('How it does'),
      account_tier: text('Tier'),
      renewal_date: text('Day its contract is renewed'),
      industry: text('Industry'),
      ...custom,
    },
    needs: ['name'],
    update: 'PUT',
    output: named,
  }),
  'list-agents': { request: 'GET /agents', description: 'Agents, one message each', output: record({ id: number() }) },
};
