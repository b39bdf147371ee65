// The endpoints of QuickBooks Online, version 3. A change names the state that it is of (SyncToken) and what it changes (sparse).

import { type Common, type EndpointTable, type JsonSchema, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, number, object, record, text } = schema;

/** QuickBooks does what has one `requestid` once, however often it is asked. */
export const common: Common = { always: { query: { minorversion: 75 } }, repeats: { query: 'requestid', most: 50 } };

const ref = (what: string) =>
  object({ value: text(), name: text() }, ['value'], { description: `${what}: value, its id` });
const email = object({ Address: text() }, ['Address'], { description: 'E-mail address: Address' });
const phone = object({ FreeFormNumber: text() }, ['FreeFormNumber'], {
  description: 'Telephone number: FreeFormNumber',
});
const day = (description: string) => text(`${description}, as 2026-01-31`, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const lines = list(map(), 'Lines: Amount, DetailType, and the detail that it names', { minItems: 1 });
const Id = text('Its id', { minLength: 1 });
const SyncToken = text('The state that is changed, as it was read', { minLength: 1 });
const acts = {
  DocNumber: text('Number'),
  TxnDate: day('Day'),
  PrivateNote: text('Note for oneself'),
  CurrencyRef: ref('Currency'),
};

interface Entity {
  readonly one: string;
  /** As in the address. */
  readonly path: string;
  /** As in the answer. */
  readonly name: string;
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly needs: readonly string[];
  readonly output: JsonSchema;
  /** Other entities are switched off instead: `Active: false`. */
  readonly isDeletable?: boolean;
}

function entity({ one, path, name, fields, needs, output, isDeletable = false }: Entity): EndpointTable {
  const a = /^[aeiou]/.test(one) ? 'an' : 'a';
  const of = { from: `/${name}`, output };
  const remove: EndpointTable = {
    [`delete-${one}`]: {
      request: `POST /${path}`,
      description: `Delete ${a} ${one}`,
      body: { Id, SyncToken },
      needs: ['Id', 'SyncToken'],
      always: { query: { minorversion: 75, operation: 'delete' } },
      output: record({ Id: text(), deleted: flag() }),
      gives: (input) => ({ Id: input.Id, deleted: true }),
    },
  };
  return {
    [`get-${one}`]: { request: `GET /${path}/{Id}`, description: `Read ${a} ${one}`, path: { Id }, ...of },
    [`create-${one}`]: { request: `POST /${path}`, description: `Make ${a} ${one}`, body: fields, needs, ...of },
    [`update-${one}`]: {
      request: `POST /${path}`,
      description: `Change ${a} ${one}; what is not given stays`,
      body: { Id, SyncToken, ...fields },
      needs: ['Id', 'SyncToken'],
      always: { query: { minorversion: 75 }, body: { sparse: true } },
      ...of,
    },
    ...(isDeletable ? remove : {}),
  };
}

const party = {
  DisplayName: text('Name, which nobody else has', { minLength: 1, maxLength: 500 }),
  GivenName: text('First name'),
  FamilyName: text('Last name'),
  CompanyName: text('Company'),
  PrimaryEmailAddr: email,
  PrimaryPhone: phone,
  BillAddr: map('Address: Line1, City, Country, PostalCode'),
  Active: flag('Whether it is in use'),
};

export const table: EndpointTable = {
  ...entity({
    one: 'customer',
    path: 'customer',
    name: 'Customer',
    fields: {
      ...party,
      ShipAddr: map('Address of deliveries'),
      Notes: text('Notes'),
      Taxable: flag('Whether tax is due'),
    },
    needs: ['DisplayName'],
    output: record({ Id: text(), SyncToken: text(), DisplayName: text() }),
  }),
  ...entity({
    one: 'vendor',
    path: 'vendor',
    name: 'Vendor',
    fields: party,
    needs: ['DisplayName'],
    output: record({ Id: text(), SyncToken: text(), DisplayName: text() }),
  }),
  ...entity({
    one: 'item',
    path: 'item',
    name: 'Item',
    fields: {
      Name: text('Name, which no other has', { minLength: 1, maxLength: 100 }),
      Type: choice(['Service', 'NonInventory', 'Inventory'], 'Kind'),
      Sku: text('SKU'),
      Description: text('What stands on invoices'),
      UnitPrice: number('Price'),
      PurchaseCost: number('Price at which it is bought'),
      IncomeAccountRef: ref('Account of what it brings in'),
      ExpenseAccountRef: ref('Account of what it costs'),
      AssetAccountRef: ref('Account of the stock; of an inventory item'),
      TrackQtyOnHand: flag('Whether the stock is counted'),
      QtyOnHand: number('Stock'),
      InvStartDate: day('From when the stock is counted'),
      Active: flag('Whether it is in use'),
    },
    needs: ['Name', 'Type'],
    output: record({ Id: text(), SyncToken: text(), Name: text() }),
  }),
  ...entity({
    one: 'invoice',
    path: 'invoice',
    name: 'Invoice',
    fields: {
      CustomerRef: ref('Customer'),
      Line: lines,
      DueDate: day('When it is due'),
      BillEmail: email,
      BillAddr: map('Address'),
      ShipAddr: map('Address of the delivery'),
      CustomerMemo: object({ value: text() }, ['value'], { description: 'Note for the customer: value' }),
      ...acts,
    },
    needs: ['CustomerRef', 'Line'],
    output: record({ Id: text(), SyncToken: text(), TotalAmt: number(), Balance: number() }),
    isDeletable: true,
  }),
  'send-invoice': {
    request: 'POST /invoice/{Id}/send',
    description: 'Send an invoice by e-mail',
    path: { Id },
    query: { sendTo: text('Address; default: that of the invoice', { pattern: '^[^@\\s]+@[^@\\s]+$' }) },
    always: { query: { minorversion: 75 }, headers: { 'content-type': 'application/octet-stream' } },
    from: '/Invoice',
    output: record({ Id: text(), EmailStatus: text() }),
  },
  'void-invoice': {
    request: 'POST /invoice',
    description: 'Make an invoice worth nothing; it stays',
    body: { Id, SyncToken },
    needs: ['Id', 'SyncToken'],
    always: { query: { minorversion: 75, operation: 'void' }, body: { sparse: true } },
    from: '/Invoice',
    output: record({ Id: text(), Balance: number() }),
  },
  ...entity({
    one: 'payment',
    path: 'payment',
    name: 'Payment',
    fields: {
      CustomerRef: ref('Customer'),
      TotalAmt: number('Amount', { minimum: 0 }),
      Line: list(map(), 'Invoices that it pays: Amount, LinkedTxn'),
      PaymentRefNum: text('Number of the payment'),
      DepositToAccountRef: ref('Account it comes to'),
      ...acts,
    },
    needs: ['CustomerRef', 'TotalAmt'],
    output: record({ Id: text(), SyncToken: text(), TotalAmt: number() }),
    isDeletable: true,
  }),
  ...entity({
    one: 'bill',
    path: 'bill',
    name: 'Bill',
    fields: {
      VendorRef: ref('Vendor'),
      Line: lines,
      DueDate: day('When it is due'),
      APAccountRef: ref('Account of what is owed'),
      ...acts,
    },
    needs: ['VendorRef', 'Line'],
    output: record({ Id: text(), SyncToken: text(), TotalAmt: number() }),
    isDeletable: true,
  }),
  'get-report': {
    request: 'GET /reports/{report}',
    description: 'A report, such as ProfitAndLoss',
    path: { report: text('Such as ProfitAndLoss, BalanceSheet or AgedReceivables', { pattern: '^[A-Za-z]+$' }) },
    query: {
      start_date: day('From'),
      end_date: day('To'),
      accounting_method: choice(['Cash', 'Accrual'], 'How it is counted'),
      summarize_column_by: text('Columns, such as Month'),
    },
    output: record({ Header: map(), Rows: map() }),
  },
  'list-changes': {
    request: 'GET /cdc',
    description:
      'What changed since a time, at most 1 000 of each kind and thirty days back, one message for each kind',
    query: {
      entities: list(text(), 'Kinds, such as Invoice', { minItems: 1 }),
      changedSince: text('As 2026-01-31T00:00:00Z', { minLength: 10 }),
    },
    needs: ['entities', 'changedSince'],
    from: '/CDCResponse/0/QueryResponse',
    paging: paging.all(),
    output: map(),
  },
};
