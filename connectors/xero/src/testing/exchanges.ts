// What the description of Xero's Accounting API says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.xero.com/documentation/api/accounting/${page}`;
const API = '/api.xro/2.0';

const contact = (ContactID: string) => ({ ContactID, Name: 'Acme', ContactStatus: 'ACTIVE' });
const invoice = (InvoiceID: string) => ({ InvoiceID, Type: 'ACCREC', Status: 'DRAFT', Total: 121 });
const payment = (PaymentID: string) => ({ PaymentID, Amount: 121, Status: 'AUTHORISED' });
const item = (ItemID: string) => ({ ItemID, Code: 'D1', Name: 'Door' });
const transaction = (BankTransactionID: string) => ({ BankTransactionID, Type: 'SPEND', Total: 50 });
const note = (CreditNoteID: string) => ({ CreditNoteID, Type: 'ACCRECCREDIT', Total: 10 });
const lines = [{ Description: 'Door', Quantity: 1, UnitAmount: 100, AccountCode: '200' }];
const refused = (Message: string) => ({
  ErrorNumber: 10,
  Type: 'ValidationException',
  Message: 'A validation exception occurred',
  Elements: [{ ValidationErrors: [{ Message }] }],
});
const full = (of: (id: string) => object) => Array.from({ length: 100 }, (_, at) => of(String(at)));

/** A list, a page of a hundred and the next; what is read, made and changed. */
const kind = (
  path: string,
  id: string,
  page: string,
  of: (id: string) => object,
  fields: Readonly<Record<string, unknown>>,
  needs: readonly string[],
  change: Readonly<Record<string, unknown>>,
) => {
  const found = { from: `/${path}/0`, answer: { [path]: [of('a1')] } };
  return {
    list: {
      endpoint: `GET ${API}/${path}`,
      see: see(page),
      from: `/${path}`,
      input: { where: 'Status=="A"', order: 'UpdatedDateUTC DESC' },
      pages: [
        [
          `GET ${API}/${path}?where=Status%3D%3D%22A%22&order=UpdatedDateUTC+DESC&pageSize=100&page=1`,
          { [path]: full(of) },
          '2',
        ],
        [
          `GET ${API}/${path}?where=Status%3D%3D%22A%22&order=UpdatedDateUTC+DESC&pageSize=100&page=2`,
          { [path]: [of('z')] },
        ],
      ],
    },
    get: {
      endpoint: `GET ${API}/${path}/{${id}}`,
      see: see(page),
      input: { [id]: 'a1' },
      request: `GET ${API}/${path}/a1`,
      ...found,
    },
    create: {
      endpoint: `PUT ${API}/${path}`,
      see: see(page),
      needs,
      input: fields,
      json: fields,
      ...found,
    },
    update: {
      endpoint: `POST ${API}/${path}/{${id}}`,
      see: see(page),
      needs: [id],
      input: { [id]: 'a1', ...change },
      request: `POST ${API}/${path}/a1`,
      json: change,
      ...found,
    },
  } as const;
};

const contacts = kind(
  'Contacts',
  'ContactID',
  'contacts',
  contact,
  { Name: 'Kůň 🐴', EmailAddress: 'ann@acme.example', Addresses: [{ AddressType: 'STREET', City: 'Brno' }] },
  ['Name'],
  { ContactStatus: 'ARCHIVED' },
);
const invoices = kind(
  'Invoices',
  'InvoiceID',
  'invoices',
  invoice,
  {
    Type: 'ACCREC',
    Contact: { ContactID: 'c1' },
    LineItems: lines,
    DueDate: '2026-01-31',
    Status: 'AUTHORISED',
    CurrencyCode: 'CZK',
  },
  ['Type', 'Contact', 'LineItems'],
  { Status: 'VOIDED' },
);
const transactions = kind(
  'BankTransactions',
  'BankTransactionID',
  'banktransactions',
  transaction,
  { Type: 'SPEND', BankAccount: { Code: '090' }, Contact: { ContactID: 'c1' }, LineItems: lines },
  ['Type', 'BankAccount', 'Contact', 'LineItems'],
  { IsReconciled: true },
);
const notes = kind(
  'CreditNotes',
  'CreditNoteID',
  'creditnotes',
  note,
  { Type: 'ACCRECCREDIT', Contact: { ContactID: 'c1' }, LineItems: lines },
  ['Type', 'Contact'],
  { Reference: 'R1' },
);
const whole = (path: string, page: string, answer: object) => ({
  endpoint: `GET ${API}/${path}`,
  see: see(page),
  onePage: true,
  from: `/${path}`,
  input: { where: 'Name=="A"' },
  pages: [[`GET ${API}/${path}?where=Name%3D%3D%22A%22`, { [path]: [answer] }]] as const,
});

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.xero.com',
    applications: {
      xero: {
        settings: { settings: { organisation: 't-1', webhookKey: 'k' } },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1', 'xero-tenant-id': 't-1' },
      },
    },
    headers: { accept: 'application/json' },
    tokenRefused: {
      status: 401,
      json: { Type: null, Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired' },
    },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, text: 'The resource you are looking for cannot be found' },
        outcome: { kind: 'fail', code: 'xero.not_found', says: 'cannot be found' },
      },
      {
        title: 'what is not valid',
        answer: { status: 400, json: refused('The contact name Acme is already assigned to another contact.') },
        outcome: {
          kind: 'fail',
          code: 'xero.invalid',
          says: 'A validation exception occurred; The contact name Acme is already assigned',
        },
      },
      {
        title: 'an organisation that is not connected',
        answer: {
          status: 403,
          json: { Type: null, Title: 'Forbidden', Status: 403, Detail: 'AuthenticationUnsuccessful' },
        },
        outcome: { kind: 'fail', code: 'xero.forbidden', says: 'Forbidden; AuthenticationUnsuccessful' },
      },
      {
        title: 'the requests of the day are used up',
        answer: { status: 429, headers: { 'retry-after': '3600', 'x-rate-limit-problem': 'day' } },
        outcome: { kind: 'limit', after: 3_600 },
      },
      { title: 'too many requests, and no time', answer: { status: 429 }, outcome: { kind: 'limit', after: 60 } },
      {
        title: 'Xero in trouble',
        answer: { status: 503, text: 'The organisation is offline' },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/Organisation`, answer: { json: { Organisations: [{ Name: 'Acme' }] } } }],
      answers: { detail: 'Connected to Acme.' },
    },
    {
      title: 'an organisation that is not connected any more',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/Organisation`,
          answer: { status: 403, json: { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' } },
        },
      ],
      fails: { code: 'xero.forbidden', says: 'AuthenticationUnsuccessful' },
    },
    {
      title: 'organisations to choose from',
      invoke: { operation: 'choices', form: 'settings', field: 'organisation' },
      exchanges: [
        { request: 'GET /connections', answer: { json: [{ id: '1', tenantId: 't-1', tenantName: 'Acme' }] } },
      ],
      answers: [{ value: 't-1', label: 'Acme' }],
    },
    {
      title: 'R17: the address is told to the person who sets it in the developer portal',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'k',
        parameters: {},
      },
      exchanges: [],
      answers: { reference: { url: 'https://sluice.example.com/hooks/1' } },
    },
    {
      title: 'R17: the person ends it',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { url: 'https://sluice.example.com/hooks/1' },
      },
      exchanges: [],
    },
    {
      title: 'one that is gone is ended as well',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { url: 'https://sluice.example.com/hooks/2' },
      },
      exchanges: [],
    },
  ],
  connectors: {
    'list-contacts': contacts.list,
    'get-contact': contacts.get,
    'create-contact': { ...contacts.create, refused: [[{ Name: '' }, '/Name must NOT have fewer']] },
    'update-contact': contacts.update,
    'list-invoices': invoices.list,
    'get-invoice': invoices.get,
    'create-invoice': {
      ...invoices.create,
      refused: [
        [{ Type: 'X', Contact: { ContactID: 'c' }, LineItems: lines }, '/Type must be equal to one of'],
        [{ Type: 'ACCREC', Contact: {}, LineItems: lines }, "/Contact must have required property 'ContactID'"],
      ],
    },
    'update-invoice': invoices.update,
    'email-invoice': {
      endpoint: `POST ${API}/Invoices/{InvoiceID}/Email`,
      see: see('invoices'),
      input: { InvoiceID: 'a1' },
      request: `POST ${API}/Invoices/a1/Email`,
      json: {},
      status: 204,
      gives: { InvoiceID: 'a1', sent: true },
    },
    'list-payments': {
      endpoint: `GET ${API}/Payments`,
      see: see('payments'),
      from: '/Payments',
      pages: [
        [`GET ${API}/Payments?pageSize=100&page=1`, { Payments: full(payment) }, '2'],
        [`GET ${API}/Payments?pageSize=100&page=2`, { Payments: [] }],
      ],
    },
    'get-payment': {
      endpoint: `GET ${API}/Payments/{PaymentID}`,
      see: see('payments'),
      from: '/Payments/0',
      input: { PaymentID: 'p1' },
      request: `GET ${API}/Payments/p1`,
      answer: { Payments: [payment('p1')] },
    },
    'create-payment': {
      endpoint: `PUT ${API}/Payments`,
      see: see('payments'),
      from: '/Payments/0',
      needs: ['Account', 'Amount'],
      input: { Invoice: { InvoiceID: 'a1' }, Account: { Code: '090' }, Date: '2026-01-31', Amount: 121 },
      json: { Invoice: { InvoiceID: 'a1' }, Account: { Code: '090' }, Date: '2026-01-31', Amount: 121 },
      answer: { Payments: [payment('p2')] },
      refused: [[{ Account: { Code: '090' }, Amount: 0 }, '/Amount must be > 0']],
    },
    'delete-payment': {
      endpoint: `POST ${API}/Payments/{PaymentID}`,
      see: see('payments'),
      from: '/Payments/0',
      input: { PaymentID: 'p1' },
      request: `POST ${API}/Payments/p1`,
      json: { Status: 'DELETED' },
      answer: { Payments: [{ ...payment('p1'), Status: 'DELETED' }] },
    },
    'list-items': whole('Items', 'items', item('i1')),
    'get-item': {
      endpoint: `GET ${API}/Items/{ItemID}`,
      see: see('items'),
      from: '/Items/0',
      input: { ItemID: 'D1' },
      request: `GET ${API}/Items/D1`,
      answer: { Items: [item('i1')] },
    },
    'create-item': {
      endpoint: `PUT ${API}/Items`,
      see: see('items'),
      from: '/Items/0',
      needs: ['Code'],
      input: { Code: 'D1', Name: 'Door', SalesDetails: { UnitPrice: 100 } },
      json: { Code: 'D1', Name: 'Door', SalesDetails: { UnitPrice: 100 } },
      answer: { Items: [item('i2')] },
    },
    'update-item': {
      endpoint: `POST ${API}/Items/{ItemID}`,
      see: see('items'),
      from: '/Items/0',
      needs: ['ItemID', 'Code'],
      input: { ItemID: 'i1', Code: 'D2' },
      request: `POST ${API}/Items/i1`,
      json: { Code: 'D2' },
      answer: { Items: [item('i1')] },
    },
    'delete-item': {
      endpoint: `DELETE ${API}/Items/{ItemID}`,
      see: see('items'),
      input: { ItemID: 'i1' },
      request: `DELETE ${API}/Items/i1`,
      status: 204,
      gives: { ItemID: 'i1', deleted: true },
    },
    'list-accounts': whole('Accounts', 'accounts', { AccountID: 'a1', Name: 'Bank', Type: 'BANK' }),
    'list-tax-rates': whole('TaxRates', 'taxrates', { Name: '21 %', TaxType: 'OUTPUT' }),
    'list-bank-transactions': transactions.list,
    'get-bank-transaction': transactions.get,
    'create-bank-transaction': transactions.create,
    'update-bank-transaction': transactions.update,
    'list-credit-notes': notes.list,
    'get-credit-note': notes.get,
    'create-credit-note': notes.create,
    'update-credit-note': notes.update,
  },
});
