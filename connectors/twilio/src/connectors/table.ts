// The connectors: messages, calls, recordings and numbers. Members are called as Twilio calls them; bodies are forms.

import { type Common, type Context, type Endpoint, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, list, record, text } = schema;

const sid = (of: string, begins: string) => text(`SID of the ${of}`, { pattern: `^${begins}[0-9a-fA-F]{32}$` });
const message_sid = { message_sid: sid('message', '(SM|MM)') };
const call_sid = { call_sid: sid('call', 'CA') };
const number = (what: string) => text(`${what}, as +12025550123`, { minLength: 3 });
const day = (what: string) => text(what, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const message = record({ sid: text(), status: text(), to: text() });
const call = record({ sid: text(), status: text() });
const sender = { From: 'settings.from' } as const;

const listed = (
  what: string,
  at: string,
  from: string,
  query: Endpoint['query'],
  output: Endpoint['output'],
): Endpoint => ({
  request: `GET /${at}`,
  description: `${what}, one message each`,
  query: query ?? {},
  from: `/${from}`,
  paging: paging.address({ from: '/next_page_uri', size: { PageSize: 100 } }),
  output,
});

const deleted = (what: string, request: Endpoint['request'], path: NonNullable<Endpoint['path']>): Endpoint => {
  const [name] = Object.keys(path) as [string];
  return {
    request,
    description: `Delete ${what}`,
    path,
    output: record({ [name]: text(), deleted: flag() }),
    gives: (input) => ({ [name]: input[name], deleted: true }),
  };
};

/** A messaging service has senders of its own. */
async function fromSomebody(input: Readonly<Record<string, unknown>>, context: Context) {
  if (input.From !== undefined || input.MessagingServiceSid !== undefined) return input;
  return { ...input, From: (await context.install()).text('settings', 'from') };
}

export const common: Common = { form: true };

export const table: EndpointTable = {
  'send-message': {
    request: 'POST /Messages.json',
    description: 'Send a message: SMS, MMS or WhatsApp',
    body: {
      To: number('To whom; whatsapp:+… for WhatsApp'),
      From: text('From which number; default: that of the settings'),
      MessagingServiceSid: sid('messaging service, instead of a number', 'MG'),
      Body: text('Text', { maxLength: 1_600 }),
      MediaUrl: list(text(), 'Addresses of pictures and other media', { maxItems: 10 }),
      ContentSid: sid('template', 'HX'),
      ContentVariables: text('Values of the template, as JSON'),
      StatusCallback: text('Address that is told what becomes of it'),
      SendAt: text('When, as ISO time; with a messaging service and ScheduleType'),
      ScheduleType: choice(['fixed'], 'With SendAt'),
      ValidityPeriod: text('For how many seconds it may wait'),
    },
    needs: ['To'],
    complete: fromSomebody,
    output: message,
  },
  'list-messages': listed(
    'Messages, the newest first',
    'Messages.json',
    'messages',
    { To: number('To whom'), From: text('From whom'), DateSent: day('Sent on this day, as 2026-01-31') },
    message,
  ),
  'get-message': {
    request: 'GET /Messages/{message_sid}.json',
    description: 'Read a message',
    path: message_sid,
    output: message,
  },
  'delete-message': deleted('a message', 'DELETE /Messages/{message_sid}.json', message_sid),
  'list-media': {
    ...listed(
      'Media of a message',
      'Messages/{message_sid}/Media.json',
      'media_list',
      {},
      record({ sid: text(), content_type: text() }),
    ),
    path: message_sid,
  },
  'make-call': {
    request: 'POST /Calls.json',
    description: 'Call somebody, and say or do what a document of TwiML says',
    body: {
      To: number('Whom'),
      From: text('From which number; default: that of the settings'),
      Twiml: text('What is said and done, as TwiML; or say Url'),
      Url: text('Address of the TwiML'),
      StatusCallback: text('Address that is told what becomes of it'),
      Record: flag('Whether it is recorded'),
      MachineDetection: choice(['Enable', 'DetectMessageEnd'], 'Find out whether a machine answers'),
    },
    needs: ['To', 'From'],
    fallback: sender,
    output: call,
  },
  'list-calls': listed(
    'Calls, the newest first',
    'Calls.json',
    'calls',
    { To: number('Whom'), From: text('From whom'), Status: text('Only with this status, such as completed') },
    call,
  ),
  'get-call': { request: 'GET /Calls/{call_sid}.json', description: 'Read a call', path: call_sid, output: call },
  'end-call': {
    request: 'POST /Calls/{call_sid}.json',
    description: 'End a call',
    path: call_sid,
    always: { body: { Status: 'completed' } },
    output: call,
  },
  'list-recordings': listed(
    'Recordings',
    'Recordings.json',
    'recordings',
    { CallSid: sid('call', 'CA'), DateCreated: day('Of this day, as 2026-01-31') },
    record({ sid: text(), duration: {} }),
  ),
  'delete-recording': deleted('a recording', 'DELETE /Recordings/{recording_sid}.json', {
    recording_sid: sid('recording', 'RE'),
  }),
  'list-numbers': listed(
    'Numbers of the account',
    'IncomingPhoneNumbers.json',
    'incoming_phone_numbers',
    { PhoneNumber: text('Only with these digits') },
    record({ sid: text(), phone_number: text() }),
  ),
  'list-usage': listed(
    'What was used, one record for each kind',
    'Usage/Records.json',
    'usage_records',
    { Category: text('Only of this kind, such as sms'), StartDate: day('First day'), EndDate: day('Last day') },
    record({ category: text(), usage: text() }),
  ),
};
