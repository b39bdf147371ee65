// What Intuit's reference of the Accounting API says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.intuit.com/app/developer/qbo/docs/api/accounting/all-entities/${page}`;
const API = '/v3/company/91303';
const M = 'minorversion=75';
/** What makes a repeat known. */
const ONCE = 'requestid=test-1';

const customer = (Id: string) => ({ Id, SyncToken: '0', DisplayName: 'Acme', Balance: 0 });
const item = (Id: string) => ({ Id, SyncToken: '0', Name: 'Door', Type: 'Service' });
const invoice = (Id: string) => ({
  Id,
  SyncToken: '0',
  TotalAmt: 121,
  Balance: 121,
  DocNumber: '1001',
  EmailStatus: 'EmailSent',
});
const payment = (Id: string) => ({ Id, SyncToken: '0', TotalAmt: 121 });
const problem = (code: string, Message: string, Detail: string) => ({
  Fault: { Error: [{ Message, Detail, code, element: '' }], type: 'ValidationFault' },
  time: '2026-01-01T00:00:00.000-08:00',
});
const state = { Id: '7', SyncToken: '2' };
const lines = [{ Amount: 100, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '1' } } }];
const bought = [
  {
    Amount: 100,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: { AccountRef: { value: '7' } },
  },
];

/** A record of one kind is read, made, changed and deleted alike. */
const kind = (
  path: string,
  name: string,
  answer: object,
  fields: Readonly<Record<string, unknown>>,
  needs: readonly string[],
) => {
  const found = { from: `/${name}`, answer: { [name]: answer } };
  const input = fields;
  return {
    get: {
      endpoint: `GET ${API}/${path}/{Id}`,
      see: see(path),
      input: { Id: '7' },
      request: `GET ${API}/${path}/7?${M}`,
      ...found,
    },
    create: {
      endpoint: `POST ${API}/${path}`,
      see: see(path),
      needs,
      input,
      request: `POST ${API}/${path}?${M}&${ONCE}`,
      json: input,
      ...found,
    },
    update: {
      endpoint: `POST ${API}/${path}#update`,
      see: see(path),
      needs: ['Id', 'SyncToken'],
      input: { ...state, ...fields },
      request: `POST ${API}/${path}?${M}&${ONCE}`,
      json: { sparse: true, ...state, ...fields },
      ...found,
    },
    remove: {
      endpoint: `POST ${API}/${path}#delete`,
      see: see(path),
      needs: ['Id', 'SyncToken'],
      input: state,
      request: `POST ${API}/${path}?${M}&operation=delete&${ONCE}`,
      json: state,
      answer: { [name]: { Id: '7', status: 'Deleted' } },
      gives: { Id: '7', deleted: true },
    },
  } as const;
};

const customers = kind(
  'customer',
  'Customer',
  customer('7'),
  {
    DisplayName: 'Kůň 🐴',
    PrimaryEmailAddr: { Address: 'ann@acme.example' },
    BillAddr: { City: 'Brno' },
    Active: true,
  },
  ['DisplayName'],
);
const vendors = kind(
  'vendor',
  'Vendor',
  customer('7'),
  { DisplayName: 'Oak s.r.o.', PrimaryPhone: { FreeFormNumber: '+420 1' } },
  ['DisplayName'],
);
const items = kind(
  'item',
  'Item',
  item('7'),
  { Name: 'Door', Type: 'Service', UnitPrice: 100.5, IncomeAccountRef: { value: '79' } },
  ['Name', 'Type'],
);
const invoices = kind(
  'invoice',
  'Invoice',
  invoice('7'),
  { CustomerRef: { value: '1' }, Line: lines, DueDate: '2026-01-31', BillEmail: { Address: 'ann@acme.example' } },
  ['CustomerRef', 'Line'],
);
const payments = kind(
  'payment',
  'Payment',
  payment('7'),
  {
    CustomerRef: { value: '1' },
    TotalAmt: 121,
    Line: [{ Amount: 121, LinkedTxn: [{ TxnId: '7', TxnType: 'Invoice' }] }],
  },
  ['CustomerRef', 'TotalAmt'],
);
const bills = kind('bill', 'Bill', invoice('7'), { VendorRef: { value: '56' }, Line: bought, TxnDate: '2026-01-01' }, [
  'VendorRef',
  'Line',
]);

export const exchanges = exchangeTable({
  service: {
    origin: 'https://quickbooks.api.intuit.com',
    applications: {
      quickbooks: {
        settings: {
          credentials: { clientId: 'c', clientSecret: 's' },
          settings: { host: 'quickbooks.api.intuit.com', company: '91303', verifierToken: 'v' },
        },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: {
          status: 400,
          json: problem(
            '610',
            'Object Not Found',
            'Object Not Found : Something you are trying to use has been made inactive.',
          ),
        },
        outcome: { kind: 'fail', code: 'quickbooks.not_found', says: 'Object Not Found; Object Not Found : Something' },
      },
      {
        title: 'a state that is old',
        answer: {
          status: 400,
          json: problem('5010', 'Stale Object Error', 'You and Ann were working on this at the same time.'),
        },
        outcome: { kind: 'fail', code: 'quickbooks.changed_meanwhile', says: 'Stale Object Error' },
      },
      {
        title: 'a name that is taken',
        answer: {
          status: 400,
          json: problem('6240', 'Duplicate Name Exists Error', 'The name supplied already exists.'),
        },
        outcome: { kind: 'fail', code: 'quickbooks.duplicate_name', says: 'already exists' },
      },
      {
        title: 'another thing that is wrong',
        answer: { status: 400, json: problem('2020', 'Required param missing', 'Line is missing') },
        outcome: { kind: 'fail', code: 'quickbooks.invalid', says: 'Line is missing' },
      },
      {
        title: 'who may not, in small letters',
        answer: {
          status: 403,
          json: {
            fault: {
              error: [{ message: 'message=ApplicationAuthorizationFailed', detail: 'errorCode=003100', code: '3100' }],
              type: 'AUTHORIZATION',
            },
          },
        },
        outcome: { kind: 'fail', code: 'quickbooks.forbidden', says: 'ApplicationAuthorizationFailed' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem('3001', 'ThrottleExceeded', 'The request limit was reached.') },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'QuickBooks in trouble',
        answer: { status: 503, text: '<html></html>' },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/companyinfo/91303`,
          answer: { json: { CompanyInfo: { CompanyName: 'Acme', Country: 'CZ' } } },
        },
      ],
      answers: { detail: 'Connected to Acme.' },
    },
    {
      title: 'another company than the person agreed to',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/companyinfo/91303`,
          answer: { status: 403, json: problem('3100', 'ApplicationAuthorizationFailed', 'errorCode=003100') },
        },
      ],
      fails: { code: 'quickbooks.forbidden', says: 'ApplicationAuthorizationFailed' },
    },
    {
      title: 'R17: the address is told to the person who sets it in the developer portal',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'v',
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
    'query-records': {
      endpoint: `GET ${API}/query`,
      see: 'https://developer.intuit.com/app/developer/qbo/docs/learn/explore-the-quickbooks-online-api/data-queries',
      needs: ['entity'],
      from: '/QueryResponse/Customer',
      input: { entity: 'Customer', where: "Active = true AND DisplayName LIKE 'A%'", orderBy: 'DisplayName' },
      pages: [
        [
          `GET ${API}/query?query=select+*+from+Customer+where+Active+%3D+true+AND+DisplayName+LIKE+'A%25'+orderby+DisplayName+startposition+1+maxresults+1000&${M}`,
          {
            QueryResponse: {
              Customer: Array.from({ length: 1_000 }, (_, at) => customer(String(at))),
              startPosition: 1,
              maxResults: 1_000,
            },
          },
          '1001',
        ],
        [
          `GET ${API}/query?query=select+*+from+Customer+where+Active+%3D+true+AND+DisplayName+LIKE+'A%25'+orderby+DisplayName+startposition+1001+maxresults+1000&${M}`,
          { QueryResponse: { Customer: [customer('1001')], startPosition: 1_001, maxResults: 1 } },
        ],
      ],
      more: [
        {
          title: 'none',
          input: { entity: 'Account' },
          pages: [
            {
              request: `GET ${API}/query?query=select+*+from+Account+orderby+Id+startposition+1+maxresults+1000&${M}`,
              answer: { QueryResponse: {} },
              items: [],
            },
          ],
        },
      ],
      refused: [[{ entity: 'Customer; drop' }, '/entity must match pattern']],
    },
    'get-customer': customers.get,
    'create-customer': customers.create,
    'update-customer': customers.update,
    'get-vendor': vendors.get,
    'create-vendor': vendors.create,
    'update-vendor': vendors.update,
    'get-item': items.get,
    'create-item': items.create,
    'update-item': items.update,
    'get-invoice': invoices.get,
    'create-invoice': {
      ...invoices.create,
      refused: [
        [{ CustomerRef: {}, Line: lines }, "/CustomerRef must have required property 'value'"],
        [{ CustomerRef: { value: '1' }, Line: [] }, '/Line must NOT have fewer'],
      ],
    },
    'update-invoice': invoices.update,
    'delete-invoice': invoices.remove,
    'send-invoice': {
      endpoint: `POST ${API}/invoice/{Id}/send`,
      see: see('invoice'),
      needs: ['Id'],
      input: { Id: '7', sendTo: 'ann@acme.example' },
      request: `POST ${API}/invoice/7/send?sendTo=ann%40acme.example&${M}&${ONCE}`,
      headers: { 'content-type': 'application/octet-stream' },
      from: '/Invoice',
      answer: { Invoice: invoice('7') },
    },
    'void-invoice': {
      endpoint: `POST ${API}/invoice#void`,
      see: see('invoice'),
      needs: ['Id', 'SyncToken'],
      input: state,
      request: `POST ${API}/invoice?${M}&operation=void&${ONCE}`,
      json: { sparse: true, ...state },
      from: '/Invoice',
      answer: { Invoice: { ...invoice('7'), Balance: 0 } },
    },
    'get-payment': payments.get,
    'create-payment': payments.create,
    'update-payment': payments.update,
    'delete-payment': payments.remove,
    'get-bill': bills.get,
    'create-bill': bills.create,
    'update-bill': bills.update,
    'delete-bill': bills.remove,
    'get-report': {
      endpoint: `GET ${API}/reports/{report}`,
      see: see('profitandloss'),
      needs: ['report'],
      input: {
        report: 'ProfitAndLoss',
        start_date: '2026-01-01',
        end_date: '2026-01-31',
        accounting_method: 'Accrual',
      },
      request: `GET ${API}/reports/ProfitAndLoss?${M}&start_date=2026-01-01&end_date=2026-01-31&accounting_method=Accrual`,
      answer: { Header: { ReportName: 'ProfitAndLoss' }, Columns: {}, Rows: { Row: [] } },
      refused: [[{ report: 'a/b' }, '/report must match pattern']],
    },
    'list-changes': {
      endpoint: `GET ${API}/cdc`,
      see: see('changedatacapture'),
      onePage: true,
      needs: ['entities', 'changedSince'],
      from: '/CDCResponse/0/QueryResponse',
      input: { entities: ['Customer', 'Invoice'], changedSince: '2026-01-01T00:00:00Z' },
      pages: [
        [
          `GET ${API}/cdc?${M}&entities=Customer,Invoice&changedSince=2026-01-01T00:00:00Z`,
          { CDCResponse: [{ QueryResponse: [{ Customer: [customer('7')] }, { Invoice: [invoice('8')] }] }] },
        ],
      ],
    },
  },
});
