// Written from Twilio's public reference, version 2010-04-01.

import { connectionCases, exchangeTable, type Row, subscribeCase, subscriptionsCase } from '@sluice/testing/acceptance';

const A = '/2010-04-01/Accounts/AC1';
const see = (page: string) => `https://www.twilio.com/docs/${page}`;
const id = (begins: string) => begins + '0123456789abcdef'.repeat(2);
const message = { sid: id('SM'), status: 'queued', to: '+12025550199' };
const call = { sid: id('CA'), status: 'queued' };
const number = { sid: id('PN'), phone_number: '+12025550123', sms_url: 'https://sluice.example.com/hooks/1' };
const settings = { settings: { account: 'AC1', from: '+12025550123' } };
const many = (at: string, name: string, page: string, input: object, query: string, item: object): Row => {
  const first = `GET ${A}/${at}?${query}PageSize=100`;
  return {
    endpoint: `GET ${A}/${at}`,
    see: see(page),
    input,
    from: `/${name}`,
    pages: [
      [
        first,
        { [name]: [item], next_page_uri: `${A}/x.json?PageSize=100&Page=1&PageToken=PAx`, page: 0 },
        'PageSize=100&Page=1&PageToken=PAx',
      ],
      [`GET ${A}/${at}?PageSize=100&Page=1&PageToken=PAx`, { [name]: [item], next_page_uri: null, page: 1 }],
    ],
  };
};
const numbers = `${A}/IncomingPhoneNumbers/${id('PN')}.json`;
const form = { SmsUrl: 'https://sluice.example.com/hooks/1', SmsMethod: 'POST' };
const reference = { number: id('PN'), url: 'https://sluice.example.com/hooks/1' };
const ending = { operation: 'webhook.unsubscribe', event: 'message.received', reference } as const;

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.twilio.com',
    headers: { accept: 'application/json' },
    applications: {
      twilio: {
        settings: { ...settings, credentials: { user: 'SK1', password: 's3' } },
        headers: { authorization: `Basic ${Buffer.from('SK1:s3').toString('base64')}` },
      },
    },
    always: [
      {
        title: 'too many at once',
        answer: { status: 429, json: { code: 20429, message: 'Too Many Requests', status: 429 } },
        outcome: { kind: 'limit', after: 1, says: 'Too Many Requests' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: { code: 20500, message: 'Internal Server Error', status: 500 } },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there',
        answer: {
          status: 404,
          json: {
            code: 20404,
            message: 'The requested resource was not found',
            more_info: 'https://www.twilio.com/docs/errors/20404',
            status: 404,
          },
        },
        outcome: {
          kind: 'fail',
          code: 'twilio.20404',
          says: 'was not found; https://www.twilio.com/docs/errors/20404',
        },
      },
      {
        title: 'a number that is none',
        answer: { status: 400, json: { code: 21211, message: "Invalid 'To' Phone Number", status: 400 } },
        outcome: { kind: 'fail', code: 'twilio.21211', says: "Invalid 'To' Phone Number" },
      },
    ],
  },
  application: [
    ...connectionCases(
      `GET ${A}/Balance.json`,
      { account_sid: 'AC1', balance: '12.50', currency: 'USD' },
      'Connected; there are 12.50 USD left.',
      { status: 401, answer: { code: 20003, message: 'Authenticate' }, fails: 'twilio.20003: Authenticate' },
    ),
    subscribeCase('message.received', { number: id('PN') }, { request: `POST ${numbers}`, form }, number, {
      reference,
    }),
    {
      title: 'R17: it ends, where the number still leads here',
      invoke: ending,
      exchanges: [
        { request: `GET ${numbers}`, answer: { json: number } },
        { request: `POST ${numbers}`, form: { SmsUrl: '', SmsMethod: 'POST' }, answer: { json: number } },
      ],
    },
    {
      title: 'R17: a number that leads elsewhere is left alone',
      invoke: ending,
      exchanges: [{ request: `GET ${numbers}`, answer: { json: { ...number, sms_url: 'https://other.example.com' } } }],
    },
    {
      title: 'R17: a number that is gone is fine',
      invoke: ending,
      exchanges: [{ request: `GET ${numbers}`, answer: { status: 404, json: { code: 20404 } } }],
    },
    subscriptionsCase(
      'message.received',
      `GET ${A}/IncomingPhoneNumbers.json?PageSize=1000`,
      { incoming_phone_numbers: [number, { sid: id('PN'), sms_url: '' }] },
      [{ reference, url: reference.url }],
    ),
  ],
  connectors: {
    'send-message': {
      endpoint: `POST ${A}/Messages.json`,
      see: see('messaging/api/message-resource#create-a-message-resource'),
      needs: ['To'],
      input: {
        To: '+12025550199',
        Body: 'Dveře & okna',
        MediaUrl: ['https://a.example.com/1.png', 'https://a.example.com/2.png'],
        more: 1,
      },
      form: {
        To: '+12025550199',
        From: '+12025550123',
        Body: 'Dveře & okna',
        MediaUrl: ['https://a.example.com/1.png', 'https://a.example.com/2.png'],
      },
      status: 201,
      answer: message,
      more: [
        {
          title: 'by a messaging service',
          input: { To: '+12025550199', MessagingServiceSid: id('MG'), Body: 'Ahoj' },
          form: { To: '+12025550199', MessagingServiceSid: id('MG'), Body: 'Ahoj' },
          status: 201,
          answer: message,
        },
      ],
      refused: [[{ To: '+12025550199', MediaUrl: 'x' }, '/MediaUrl must be array']],
    },
    'list-messages': many(
      'Messages.json',
      'messages',
      'messaging/api/message-resource#read-multiple-message-resources',
      { To: '+12025550199', DateSent: '2026-01-31' },
      'To=%2B12025550199&DateSent=2026-01-31&',
      message,
    ),
    'get-message': {
      endpoint: `GET ${A}/Messages/{message_sid}.json`,
      see: see('messaging/api/message-resource#fetch-a-message-resource'),
      input: { message_sid: id('SM') },
      request: `GET ${A}/Messages/${id('SM')}.json`,
      answer: message,
    },
    'delete-message': {
      endpoint: `DELETE ${A}/Messages/{message_sid}.json`,
      see: see('messaging/api/message-resource#delete-a-message-resource'),
      input: { message_sid: id('SM') },
      request: `DELETE ${A}/Messages/${id('SM')}.json`,
      status: 204,
      gives: { message_sid: id('SM'), deleted: true },
    },
    'list-media': {
      ...many(
        `Messages/${id('MM')}/Media.json`,
        'media_list',
        'messaging/api/media-resource',
        { message_sid: id('MM') },
        '',
        { sid: 'ME1', content_type: 'image/png' },
      ),
      endpoint: `GET ${A}/Messages/{message_sid}/Media.json`,
    },
    'make-call': {
      endpoint: `POST ${A}/Calls.json`,
      see: see('voice/api/call-resource#create-a-call-resource'),
      needs: ['To'],
      input: { To: '+12025550199', Twiml: '<Response><Say>Ahoj</Say></Response>', Record: true },
      form: { To: '+12025550199', From: '+12025550123', Twiml: '<Response><Say>Ahoj</Say></Response>', Record: 'true' },
      status: 201,
      answer: call,
    },
    'list-calls': many(
      'Calls.json',
      'calls',
      'voice/api/call-resource#read-multiple-call-resources',
      { Status: 'completed' },
      'Status=completed&',
      call,
    ),
    'get-call': {
      endpoint: `GET ${A}/Calls/{call_sid}.json`,
      see: see('voice/api/call-resource#fetch-a-call-resource'),
      input: { call_sid: id('CA') },
      request: `GET ${A}/Calls/${id('CA')}.json`,
      answer: call,
    },
    'end-call': {
      endpoint: `POST ${A}/Calls/{call_sid}.json`,
      see: see('voice/api/call-resource#update-a-call-resource'),
      input: { call_sid: id('CA') },
      request: `POST ${A}/Calls/${id('CA')}.json`,
      form: { Status: 'completed' },
      answer: { ...call, status: 'completed' },
    },
    'list-recordings': many(
      'Recordings.json',
      'recordings',
      'voice/api/recording#read-multiple-recording-resources',
      { CallSid: id('CA') },
      `CallSid=${id('CA')}&`,
      { sid: id('RE'), duration: '4' },
    ),
    'delete-recording': {
      endpoint: `DELETE ${A}/Recordings/{recording_sid}.json`,
      see: see('voice/api/recording#delete-a-recording-resource'),
      input: { recording_sid: id('RE') },
      request: `DELETE ${A}/Recordings/${id('RE')}.json`,
      status: 204,
      gives: { recording_sid: id('RE'), deleted: true },
    },
    'list-numbers': many(
      'IncomingPhoneNumbers.json',
      'incoming_phone_numbers',
      'phone-numbers/api/incomingphonenumber-resource',
      {},
      '',
      number,
    ),
    'list-usage': many(
      'Usage/Records.json',
      'usage_records',
      'usage/api/usage-record',
      { Category: 'sms', StartDate: '2026-01-01' },
      'Category=sms&StartDate=2026-01-01&',
      { category: 'sms', usage: '1' },
    ),
  },
});
