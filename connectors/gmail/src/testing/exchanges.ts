// What Google's reference of the Gmail API, version 1, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (method: string) => `https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.${method}`;
const API = '/gmail/v1/users/me';

const brief = (id: string) => ({ id, threadId: `t-${id}` });
const label = (id: string) => ({ id, name: 'Orders', type: 'user' });
const draft = (id: string) => ({ id, message: brief('m1') });
const problem = (code: number, reason: string, message: string) => ({
  error: { code, message, errors: [{ domain: 'global', reason, message }] },
});
/** A mail as it goes over the wire (RFC 5322): what names it is the key by which a repeat is known, its time that of the exchanges. */
const raw = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n')).toString('base64url');
const own = ['Message-ID: <test-1@sluice>', 'Date: Thu, 01 Jan 2026 00:00:00 +0000'];
const ALONE = ['Content-Transfer-Encoding: 7bit', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
const PLAIN = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 7bit'];

export const exchanges = exchangeTable({
  service: {
    origin: 'https://gmail.googleapis.com',
    applications: { gmail: { token: 'at-1', headers: { authorization: 'Bearer at-1' } } },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem(404, 'notFound', 'Requested entity was not found.') },
        outcome: { kind: 'fail', code: 'gmail.not_found', says: 'notFound; Requested entity was not found.' },
      },
      {
        title: 'a wrong value',
        answer: { status: 400, json: problem(400, 'invalidArgument', 'Invalid id value') },
        outcome: { kind: 'fail', code: 'gmail.invalid', says: 'Invalid id value' },
      },
      {
        title: 'too many requests, which Google says with 403',
        answer: { status: 403, json: problem(403, 'rateLimitExceeded', 'Rate Limit Exceeded') },
        outcome: { kind: 'limit', after: 60, says: 'rateLimitExceeded' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem(429, 'rateLimitExceeded', 'User-rate limit exceeded.') },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'Google in trouble',
        answer: { status: 503, json: problem(503, 'backendError', 'Backend Error') },
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
          request: `GET ${API}/profile`,
          answer: { json: { emailAddress: 'ann@acme.example', messagesTotal: 12, threadsTotal: 9, historyId: '77' } },
        },
      ],
      answers: { detail: 'Connected as ann@acme.example: 12 messages.' },
    },
    {
      title: 'an API that is not enabled',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/profile`,
          answer: {
            status: 403,
            json: problem(
              403,
              'accessNotConfigured',
              'Gmail API has not been used in project 1 before or it is disabled.',
            ),
          },
        },
      ],
      fails: { code: 'gmail.forbidden', says: 'accessNotConfigured' },
    },
  ],
  connectors: {
    'send-mail': {
      endpoint: `POST ${API}/messages/send`,
      see: see('messages/send'),
      needs: ['to'],
      input: {
        to: ['Ben <ben@acme.example>', 'eva@acme.example'],
        cc: ['jan@acme.example'],
        bcc: ['log@acme.example'],
        subject: 'Order 7',
        text: 'Thank you.',
        replyTo: ['shop@acme.example'],
        inReplyTo: '<a@acme.example>',
        threadId: 't1',
      },
      json: {
        raw: raw(
          'To: Ben <ben@acme.example>, eva@acme.example',
          'Cc: jan@acme.example',
          'Bcc: log@acme.example',
          'Reply-To: shop@acme.example',
          'In-Reply-To: <a@acme.example>',
          'References: <a@acme.example>',
          'Subject: Order 7',
          ...own,
          ...ALONE,
          '',
          'Thank you.',
          '',
        ),
        threadId: 't1',
      },
      answer: { ...brief('m9'), labelIds: ['SENT'] },
      more: [
        {
          title: 'with HTML and a file',
          input: {
            to: ['ben@acme.example'],
            subject: 'Kůň',
            text: 'Thank you.',
            html: '<p>Thank you.</p>',
            attachments: [{ name: 'a.txt', contentType: 'text/plain', content: 'SGk=' }],
          },
          json: {
            raw: raw(
              'To: ben@acme.example',
              'Subject: =?UTF-8?B?S8WvxYg=?=',
              ...own,
              'MIME-Version: 1.0',
              'Content-Type: multipart/mixed; boundary="--_NmP-test-1-Part_1"',
              '',
              '----_NmP-test-1-Part_1',
              'Content-Type: multipart/alternative; boundary="--_NmP-test-1-Part_2"',
              '',
              '----_NmP-test-1-Part_2',
              ...PLAIN,
              '',
              'Thank you.',
              '----_NmP-test-1-Part_2',
              'Content-Type: text/html; charset=utf-8',
              'Content-Transfer-Encoding: 7bit',
              '',
              '<p>Thank you.</p>',
              '----_NmP-test-1-Part_2--',
              '',
              '----_NmP-test-1-Part_1',
              'Content-Type: text/plain; name=a.txt',
              'Content-Transfer-Encoding: base64',
              'Content-Disposition: attachment; filename=a.txt',
              '',
              'SGk=',
              '----_NmP-test-1-Part_1--',
              '',
            ),
          },
          answer: brief('m10'),
        },
      ],
      refused: [
        [{ to: ['ben'] }, '/to/0 must match pattern'],
        [{ to: ['a@b\r\nBcc: c@d'] }, '/to/0 must match pattern'],
        [{ to: ['a@b.cz'], subject: 'a\r\nBcc: c@d' }, '/subject must match pattern'],
        [{ to: ['a@b.cz'], attachments: [{ name: 'a', content: '%' }] }, '/attachments/0/content must match pattern'],
      ],
    },
    'create-draft': {
      endpoint: `POST ${API}/drafts`,
      see: see('drafts/create'),
      input: { to: ['ben@acme.example'], subject: 'Order 7', text: 'Thank you.' },
      json: {
        message: { raw: raw('To: ben@acme.example', 'Subject: Order 7', ...own, ...ALONE, '', 'Thank you.', '') },
      },
      answer: draft('d1'),
      refused: [[{ text: 5 }, '/text must be string']],
    },
    'replace-draft': {
      endpoint: `PUT ${API}/drafts/{id}`,
      see: see('drafts/update'),
      input: { id: 'd1', to: ['ben@acme.example'], text: 'Thanks.' },
      needs: ['id'],
      request: `PUT ${API}/drafts/d1`,
      json: { message: { raw: raw('To: ben@acme.example', ...own, ...ALONE, '', 'Thanks.', '') } },
      answer: draft('d1'),
    },
    'list-messages': {
      endpoint: `GET ${API}/messages`,
      see: see('messages/list'),
      from: '/messages',
      input: { q: 'from:ann is:unread', includeSpamTrash: false },
      pages: [
        [
          `GET ${API}/messages?q=from:ann+is:unread&includeSpamTrash=false&maxResults=100`,
          { messages: [brief('m1'), brief('m2')], nextPageToken: 'p2', resultSizeEstimate: 3 },
          'p2',
        ],
        [
          `GET ${API}/messages?q=from:ann+is:unread&includeSpamTrash=false&maxResults=100&pageToken=p2`,
          { messages: [brief('m3')] },
        ],
      ],
      refused: [[{ includeSpamTrash: 'yes' }, '/includeSpamTrash must be boolean']],
    },
    'get-message': {
      endpoint: `GET ${API}/messages/{id}`,
      see: see('messages/get'),
      input: { id: 'm1', format: 'metadata' },
      needs: ['id'],
      request: `GET ${API}/messages/m1?format=metadata`,
      answer: { ...brief('m1'), labelIds: ['INBOX'], snippet: 'Hi' },
    },
    'modify-message': {
      endpoint: `POST ${API}/messages/{id}/modify`,
      see: see('messages/modify'),
      input: { id: 'm1', addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] },
      needs: ['id'],
      request: `POST ${API}/messages/m1/modify`,
      json: { addLabelIds: ['STARRED'], removeLabelIds: ['UNREAD'] },
      answer: brief('m1'),
    },
    'trash-message': {
      endpoint: `POST ${API}/messages/{id}/trash`,
      see: see('messages/trash'),
      input: { id: 'm1' },
      request: `POST ${API}/messages/m1/trash`,
      answer: brief('m1'),
    },
    'untrash-message': {
      endpoint: `POST ${API}/messages/{id}/untrash`,
      see: see('messages/untrash'),
      input: { id: 'm1' },
      request: `POST ${API}/messages/m1/untrash`,
      answer: brief('m1'),
    },
    'modify-messages': {
      endpoint: `POST ${API}/messages/batchModify`,
      see: see('messages/batchModify'),
      needs: ['ids'],
      input: { ids: ['m1', 'm2'], removeLabelIds: ['INBOX'] },
      json: { ids: ['m1', 'm2'], removeLabelIds: ['INBOX'] },
      status: 204,
      gives: { modified: 2 },
      refused: [[{ ids: [] }, '/ids must NOT have fewer']],
    },
    'get-attachment': {
      endpoint: `GET ${API}/messages/{messageId}/attachments/{id}`,
      see: see('messages.attachments/get'),
      input: { messageId: 'm1', id: 'a1' },
      request: `GET ${API}/messages/m1/attachments/a1`,
      answer: { size: 2, data: 'SGk' },
    },
    'list-threads': {
      endpoint: `GET ${API}/threads`,
      see: see('threads/list'),
      from: '/threads',
      pages: [
        [`GET ${API}/threads?maxResults=100`, { threads: [{ id: 't1', historyId: '7' }], nextPageToken: 'p2' }, 'p2'],
        [`GET ${API}/threads?maxResults=100&pageToken=p2`, { threads: [{ id: 't2', historyId: '8' }] }],
      ],
    },
    'get-thread': {
      endpoint: `GET ${API}/threads/{id}`,
      see: see('threads/get'),
      input: { id: 't1', format: 'minimal' },
      needs: ['id'],
      request: `GET ${API}/threads/t1?format=minimal`,
      answer: { id: 't1', historyId: '7', messages: [brief('m1')] },
    },
    'list-drafts': {
      endpoint: `GET ${API}/drafts`,
      see: see('drafts/list'),
      from: '/drafts',
      pages: [
        [`GET ${API}/drafts?maxResults=100`, { drafts: [draft('d1')], nextPageToken: 'p2' }, 'p2'],
        [`GET ${API}/drafts?maxResults=100&pageToken=p2`, { drafts: [draft('d2')] }],
      ],
    },
    'send-draft': {
      endpoint: `POST ${API}/drafts/send`,
      see: see('drafts/send'),
      needs: ['id'],
      input: { id: 'd1' },
      json: { id: 'd1' },
      answer: brief('m9'),
    },
    'delete-draft': {
      endpoint: `DELETE ${API}/drafts/{id}`,
      see: see('drafts/delete'),
      input: { id: 'd1' },
      request: `DELETE ${API}/drafts/d1`,
      status: 204,
      gives: { id: 'd1', deleted: true },
    },
    'list-labels': {
      endpoint: `GET ${API}/labels`,
      see: see('labels/list'),
      onePage: true,
      from: '/labels',
      pages: [[`GET ${API}/labels`, { labels: [label('L1'), label('L2')] }]],
    },
    'create-label': {
      endpoint: `POST ${API}/labels`,
      see: see('labels/create'),
      needs: ['name'],
      input: { name: 'Orders', labelListVisibility: 'labelShow' },
      json: { name: 'Orders', labelListVisibility: 'labelShow' },
      answer: label('L3'),
    },
    'update-label': {
      endpoint: `PATCH ${API}/labels/{id}`,
      see: see('labels/patch'),
      input: { id: 'L1', name: 'Old orders' },
      needs: ['id'],
      request: `PATCH ${API}/labels/L1`,
      json: { name: 'Old orders' },
      answer: label('L1'),
    },
    'delete-label': {
      endpoint: `DELETE ${API}/labels/{id}`,
      see: see('labels/delete'),
      input: { id: 'L1' },
      request: `DELETE ${API}/labels/L1`,
      status: 204,
      gives: { id: 'L1', deleted: true },
    },
    'list-history': {
      endpoint: `GET ${API}/history`,
      see: see('history/list'),
      from: '/history',
      needs: ['startHistoryId'],
      input: { startHistoryId: '7', historyTypes: 'messageAdded', labelId: 'INBOX' },
      pages: [
        [
          `GET ${API}/history?startHistoryId=7&historyTypes=messageAdded&labelId=INBOX&maxResults=100`,
          { history: [{ id: '8', messagesAdded: [] }], nextPageToken: 'p2', historyId: '9' },
          'p2',
        ],
        [
          `GET ${API}/history?startHistoryId=7&historyTypes=messageAdded&labelId=INBOX&maxResults=100&pageToken=p2`,
          { history: [{ id: '9' }], historyId: '9' },
        ],
      ],
    },
  },
});
