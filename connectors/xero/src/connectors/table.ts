// The endpoints of the accounting API, version 2.0. Xero answers everything as a list in a member with the name of what it is.

import { type EndpointTable, type JsonSchema, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, number, object, record, text } = schema;

const PAGE = 100;
const day = (description: string) => text(`${description}, as 2026-01-31`, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const contact = object({ ContactID: text() }, ['ContactID'], { description: 'Contact: ContactID' });
const lines = list(map(), 'Lines: Description, Quantity, UnitAmount, AccountCode, TaxType, ItemCode', { minItems: 1 });
const filters = {
  where: text('Which, as Status=="AUTHORISED"'),
  order: text('Order, such as UpdatedDateUTC DESC'),
};
const pages = (name: string) => ({ from: `/${name}`, paging: paging.numbered({ size: { pageSize: PAGE } }) });
const invoiceFields = {
  Contact: contact,
  LineItems: lines,
  Date: day('Day'),
  DueDate: day('When it is due'),
  InvoiceNumber: text('Number'),
  Reference: text('Reference'),
  Status: choice(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED'], 'State; default: DRAFT'),
  LineAmountTypes: choice(['Exclusive', 'Inclusive', 'NoTax'], 'Whether amounts are with tax; default: Exclusive'),
  CurrencyCode: text('Currency, such as CZK', { pattern: '^[A-Z]{3}$' }),
  SentToContact: flag('Whether it is marked as sent'),
};
const contactFields = {
  Name: text('Name, which no other has', { minLength: 1, maxLength: 255 }),
  FirstName: text('First name'),
  LastName: text('Last name'),
  EmailAddress: text('E-mail address'),
  AccountNumber: text('Number of your own'),
  TaxNumber: text('Tax number'),
  Addresses: list(map(), 'Addresses: AddressType (POBOX or STREET), AddressLine1, City, PostalCode, Country'),
  Phones: list(map(), 'Telephones: PhoneType, PhoneNumber'),
  ContactStatus: choice(['ACTIVE', 'ARCHIVED'], 'State'),
};
const itemFields = {
  Code: text('Code, which no other has', { minLength: 1, maxLength: 30 }),
  Name: text('Name', { maxLength: 50 }),
  Description: text('What stands on invoices'),
  SalesDetails: map('UnitPrice, AccountCode, TaxType'),
  PurchaseDetails: map('UnitPrice, AccountCode, TaxType'),
  IsSold: flag('Whether it is sold'),
  IsPurchased: flag('Whether it is bought'),
};
const bankFields = {
  BankAccount: object({ Code: text(), AccountID: text() }, [], { description: 'Account: Code or AccountID' }),
  Contact: contact,
  LineItems: lines,
  Date: day('Day'),
  Reference: text('Reference'),
  IsReconciled: flag('Whether it is reconciled'),
};

interface Kind {
  readonly one: string;
  readonly many: string;
  /** In address and answer. */
  readonly name: string;
  readonly id: string;
  readonly output: JsonSchema;
  readonly fields: Readonly<Record<string, JsonSchema>>;
  /** Of a new one. */
  readonly first?: Readonly<Record<string, JsonSchema>>;
  readonly needs: readonly string[];
}

/** What a new one is made by is PUT; POST would change one that is there already. */
const kind = ({ one, many, name, id, output, fields, first = {}, needs }: Kind): EndpointTable => {
  const words = one.replaceAll('-', ' ');
  const a = /^[aeiou]/.test(words) ? 'an' : 'a';
  const path = { [id]: text(`Id of the ${words}`, { minLength: 1 }) };
  const of = { from: `/${name}/0`, output };
  return {
    [`list-${many}`]: {
      request: `GET /${name}`,
      description: `${many[0]!.toUpperCase()}${many.slice(1).replaceAll('-', ' ')}, one message each`,
      query: filters,
      output,
      ...pages(name),
    },
    [`get-${one}`]: { request: `GET /${name}/{${id}}`, description: `Read ${a} ${words}`, path, ...of },
    [`create-${one}`]: {
      request: `PUT /${name}`,
      description: `Make ${a} ${words}`,
      body: { ...first, ...fields },
      needs,
      ...of,
    },
    [`update-${one}`]: {
      request: `POST /${name}/{${id}}`,
      description: `Change ${a} ${words}; what is not given stays`,
      path,
      body: fields,
      ...of,
    },
  };
};

const whole = (
  name: string,
  request: `GET ${string}`,
  description: string,
  output: JsonSchema,
  query = {},
): EndpointTable => ({
  [name]: {
    request,
    description,
    query: { ...filters, ...query },
    from: `/${request.split('/')[1]}`,
    paging: paging.all(),
    output,
  },
});

const allocated = record({ PaymentID: text(), Amount: number(), Status: text() });

export const table: EndpointTable = {
  ...kind({
    one: 'contact',
    many: 'contacts',
    name: 'Contacts',
    id: 'ContactID',
    output: record({ ContactID: text(), Name: text() }),
    fields: contactFields,
    needs: ['Name'],
  }),
  ...kind({
    one: 'invoice',
    many: 'invoices',
    name: 'Invoices',
    id: 'InvoiceID',
    output: record({ InvoiceID: text(), Type: text(), Status: text(), Total: number() }),
    fields: invoiceFields,
    first: { Type: choice(['ACCREC', 'ACCPAY'], 'ACCREC: one that you send; ACCPAY: a bill that you get') },
    needs: ['Type', 'Contact', 'LineItems'],
  }),
  'email-invoice': {
    request: 'POST /Invoices/{InvoiceID}/Email',
    description: 'Send an invoice to its contact by e-mail',
    path: { InvoiceID: text('Id of the invoice', { minLength: 1 }) },
    always: { body: {} },
    output: record({ InvoiceID: text(), sent: flag() }),
    gives: ({ InvoiceID }) => ({ InvoiceID, sent: true }),
  },
  'list-payments': {
    request: 'GET /Payments',
    description: 'Payments, one message each',
    query: filters,
    ...pages('Payments'),
    output: allocated,
  },
  'get-payment': {
    request: 'GET /Payments/{PaymentID}',
    description: 'Read a payment',
    path: { PaymentID: text('Id of the payment', { minLength: 1 }) },
    from: '/Payments/0',
    output: allocated,
  },
  'create-payment': {
    request: 'PUT /Payments',
    description: 'Pay an invoice, a bill or a credit note',
    body: {
      Invoice: object({ InvoiceID: text(), InvoiceNumber: text() }, [], {
        description: 'What: InvoiceID or InvoiceNumber',
      }),
      CreditNote: object({ CreditNoteID: text() }, ['CreditNoteID'], { description: 'Instead: CreditNoteID' }),
      Account: object({ AccountID: text(), Code: text() }, [], { description: 'Account: AccountID or Code' }),
      Date: day('Day'),
      Amount: number('Amount', { exclusiveMinimum: 0 }),
      Reference: text('Reference'),
    },
    needs: ['Account', 'Amount'],
    from: '/Payments/0',
    output: allocated,
  },
  'delete-payment': {
    request: 'POST /Payments/{PaymentID}',
    description: 'Take a payment back; it stays with the state DELETED',
    path: { PaymentID: text('Id of the payment', { minLength: 1 }) },
    always: { body: { Status: 'DELETED' } },
    from: '/Payments/0',
    output: allocated,
  },
  ...whole(
    'list-items',
    'GET /Items',
    'Items, all at once, one message each',
    record({ ItemID: text(), Code: text() }),
  ),
  'get-item': {
    request: 'GET /Items/{ItemID}',
    description: 'Read an item, by id or code',
    path: { ItemID: text('Id or code of the item', { minLength: 1 }) },
    from: '/Items/0',
    output: record({ ItemID: text(), Code: text() }),
  },
  'create-item': {
    request: 'PUT /Items',
    description: 'Make an item',
    body: itemFields,
    needs: ['Code'],
    from: '/Items/0',
    output: record({ ItemID: text(), Code: text() }),
  },
  'update-item': {
    request: 'POST /Items/{ItemID}',
    description: 'Change an item; what is not given stays',
    path: { ItemID: text('Id of the item', { minLength: 1 }) },
    body: itemFields,
    needs: ['Code'],
    from: '/Items/0',
    output: record({ ItemID: text(), Code: text() }),
  },
  'delete-item': {
    request: 'DELETE /Items/{ItemID}',
    description: 'Delete an item',
    path: { ItemID: text('Id of the item', { minLength: 1 }) },
    output: record({ ItemID: text(), deleted: flag() }),
    gives: ({ ItemID }) => ({ ItemID, deleted: true }),
  },
  ...whole(
    'list-accounts',
    'GET /Accounts',
    'Accounts, all at once, one message each',
    record({ AccountID: text(), Name: text(), Type: text() }),
  ),
  ...whole(
    'list-tax-rates',
    'GET /TaxRates',
    'Tax rates, all at once, one message each',
    record({ Name: text(), TaxType: text() }),
  ),
  ...kind({
    one: 'bank-transaction',
    many: 'bank-transactions',
    name: 'BankTransactions',
    id: 'BankTransactionID',
    output: record({ BankTransactionID: text(), Type: text(), Total: number() }),
    fields: bankFields,
    first: { Type: choice(['SPEND', 'RECEIVE'], 'Whether money goes or comes') },
    needs: ['Type', 'BankAccount', 'Contact', 'LineItems'],
  }),
  ...kind({
    one: 'credit-note',
    many: 'credit-notes',
    name: 'CreditNotes',
    id: 'CreditNoteID',
    output: record({ CreditNoteID: text(), Type: text(), Total: number() }),
    fields: {
      Contact: contact,
      LineItems: lines,
      Date: day('Day'),
      Reference: text('Reference'),
      Status: choice(['DRAFT', 'SUBMITTED', 'AUTHORISED'], 'State; default: DRAFT'),
    },
    first: { Type: choice(['ACCRECCREDIT', 'ACCPAYCREDIT'], 'Of an invoice or of a bill') },
    needs: ['Type', 'Contact'],
  }),
};
