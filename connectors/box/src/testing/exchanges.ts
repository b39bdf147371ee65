// What Box's API reference, version 2.0, says of requests and answers.

import { createHash } from 'node:crypto';
import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.box.com/reference/${page}/`;
const V = '/2.0';
const UPLOAD = 'https://upload.box.com/api/2.0';

const file = (id: string) => ({ id, type: 'file', name: `${id}.pdf`, size: 5 });
const folder = (id: string) => ({ id, type: 'folder', name: 'Orders' });
const comment = (id: string) => ({ id, type: 'comment', message: 'Nice' });
const collaboration = (id: string) => ({ id, type: 'collaboration', role: 'editor', status: 'accepted' });
const problem = (status: number, code: string, message: string, more: object = {}) => ({
  type: 'error',
  status,
  code,
  message,
  request_id: 'r1',
  ...more,
});
/** Parts are parted by what comes of the content, so that a repeat is the same. */
const PART = `sluice-${createHash('sha256').update('S8WvxYg=').digest('hex').slice(0, 32)}`;
const parts = (attributes: string) =>
  [
    `--${PART}`,
    'Content-Disposition: form-data; name="attributes"',
    '',
    attributes,
    `--${PART}`,
    'Content-Disposition: form-data; name="file"; filename="content"',
    'Content-Type: application/octet-stream',
    '',
    'Kůň',
    `--${PART}--`,
    '',
  ].join('\r\n');
const multipart = { 'content-type': `multipart/form-data; boundary=${PART}` };
const settings = { credentials: { clientId: 'c', clientSecret: 's' }, settings: { signatureKey: 'k' } };

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.box.com',
    applications: { box: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } } },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem(404, 'not_found', 'Not Found') },
        outcome: { kind: 'fail', code: 'box.not_found', says: 'Not Found' },
      },
      {
        title: 'a name that is taken',
        answer: { status: 409, json: problem(409, 'item_name_in_use', 'Item with the same name already exists') },
        outcome: { kind: 'fail', code: 'box.item_name_in_use', says: 'same name' },
      },
      {
        title: 'a wrong value',
        answer: {
          status: 400,
          json: problem(400, 'bad_request', 'Bad Request', {
            context_info: { errors: [{ reason: 'invalid_parameter', name: 'name', message: 'Invalid value' }] },
          }),
        },
        outcome: { kind: 'fail', code: 'box.bad_request', says: 'Bad Request; name: Invalid value' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem(429, 'rate_limit_exceeded', 'Request rate limit exceeded') },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'Box in trouble',
        answer: { status: 503, json: problem(503, 'unavailable', 'Unavailable') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  itemsFrom: '/entries',
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${V}/users/me`, answer: { json: { id: '1', name: 'Ann', login: 'ann@acme.example' } } },
      ],
      answers: { detail: 'Connected as Ann (ann@acme.example).' },
    },
    {
      title: 'an app that may not',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${V}/users/me`,
          answer: {
            status: 403,
            json: problem(403, 'access_denied_insufficient_permissions', 'Access denied - insufficient permission'),
          },
        },
      ],
      fails: { code: 'box.access_denied_insufficient_permissions', says: 'insufficient permission' },
    },
    {
      title: 'R17: a folder is subscribed to',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'k',
        parameters: { type: 'folder', id: '22', triggers: ['FILE.UPLOADED'] },
      },
      exchanges: [
        {
          request: `POST ${V}/webhooks`,
          json: {
            target: { id: '22', type: 'folder' },
            address: 'https://sluice.example.com/hooks/1',
            triggers: ['FILE.UPLOADED'],
          },
          answer: { status: 201, json: { id: '4', type: 'webhook' } },
        },
      ],
      answers: { reference: { webhook: '4' } },
    },
    {
      title: 'what is usual is subscribed to when nothing is chosen; a second one of a folder is refused',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'k',
        parameters: { type: 'folder', id: '22' },
      },
      exchanges: [
        {
          request: `POST ${V}/webhooks`,
          json: {
            target: { id: '22', type: 'folder' },
            address: 'https://sluice.example.com/hooks/1',
            triggers: ['FILE.UPLOADED', 'FILE.MOVED', 'FILE.RENAMED', 'FILE.TRASHED', 'FOLDER.CREATED'],
          },
          answer: { status: 409, json: problem(409, 'conflict', 'A webhook already exists on the target') },
        },
      ],
      fails: { code: 'box.conflict', says: 'already exists' },
    },
    {
      title: 'R17: a webhook is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'changes', reference: { webhook: '4' } },
      exchanges: [{ request: `DELETE ${V}/webhooks/4`, answer: { status: 204 } }],
    },
    {
      title: 'a webhook that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'changes', reference: { webhook: '4' } },
      exchanges: [
        { request: `DELETE ${V}/webhooks/4`, answer: { status: 404, json: problem(404, 'not_found', 'Not Found') } },
      ],
    },
    {
      title: 'R17: webhooks are listed with their addresses',
      invoke: { operation: 'webhook.list', event: 'changes' },
      exchanges: [
        { request: `GET ${V}/webhooks?limit=200`, answer: { json: { entries: [{ id: '4', type: 'webhook' }] } } },
        {
          request: `GET ${V}/webhooks/4`,
          answer: { json: { id: '4', address: 'https://sluice.example.com/hooks/1' } },
        },
      ],
      answers: [{ reference: { webhook: '4' }, url: 'https://sluice.example.com/hooks/1' }],
    },
  ],
  connectors: {
    'list-folder-items': {
      endpoint: `GET ${V}/folders/{folder_id}/items`,
      see: see('get-folders-id-items'),
      input: { folder_id: '0', fields: 'id,name' },
      needs: ['folder_id'],
      pages: [
        [
          `GET ${V}/folders/0/items?fields=id,name&usemarker=true&limit=1000`,
          { entries: [file('1'), folder('2')], next_marker: 'm2' },
          'm2',
        ],
        [
          `GET ${V}/folders/0/items?fields=id,name&usemarker=true&limit=1000&marker=m2`,
          { entries: [file('3')], next_marker: '' },
        ],
      ],
    },
    'get-folder': {
      endpoint: `GET ${V}/folders/{folder_id}`,
      see: see('get-folders-id'),
      input: { folder_id: '2' },
      request: `GET ${V}/folders/2`,
      answer: folder('2'),
    },
    'create-folder': {
      endpoint: `POST ${V}/folders`,
      see: see('post-folders'),
      needs: ['name', 'parent'],
      input: { name: 'Objednávky', parent: { id: '0' }, tags: ['no'] },
      json: { name: 'Objednávky', parent: { id: '0' } },
      status: 201,
      answer: folder('5'),
    },
    'update-folder': {
      endpoint: `PUT ${V}/folders/{folder_id}`,
      see: see('put-folders-id'),
      needs: ['folder_id'],
      input: { folder_id: '2', shared_link: { access: 'company' } },
      request: `PUT ${V}/folders/2`,
      json: { shared_link: { access: 'company' } },
      answer: folder('2'),
    },
    'delete-folder': {
      endpoint: `DELETE ${V}/folders/{folder_id}`,
      see: see('delete-folders-id'),
      needs: ['folder_id'],
      input: { folder_id: '2', recursive: true },
      request: `DELETE ${V}/folders/2?recursive=true`,
      status: 204,
      gives: { folder_id: '2', deleted: true },
    },
    'copy-folder': {
      endpoint: `POST ${V}/folders/{folder_id}/copy`,
      see: see('post-folders-id-copy'),
      needs: ['folder_id', 'parent'],
      input: { folder_id: '2', parent: { id: '0' } },
      request: `POST ${V}/folders/2/copy`,
      json: { parent: { id: '0' } },
      status: 201,
      answer: folder('6'),
    },
    'get-file': {
      endpoint: `GET ${V}/files/{file_id}`,
      see: see('get-files-id'),
      needs: ['file_id'],
      input: { file_id: '1', fields: 'id,type,name' },
      request: `GET ${V}/files/1?fields=id,type,name`,
      answer: file('1'),
    },
    'update-file': {
      endpoint: `PUT ${V}/files/{file_id}`,
      see: see('put-files-id'),
      needs: ['file_id'],
      input: { file_id: '1', name: 'b.pdf', parent: { id: '2' } },
      request: `PUT ${V}/files/1`,
      json: { name: 'b.pdf', parent: { id: '2' } },
      answer: file('1'),
    },
    'delete-file': {
      endpoint: `DELETE ${V}/files/{file_id}`,
      see: see('delete-files-id'),
      input: { file_id: '1' },
      request: `DELETE ${V}/files/1`,
      status: 204,
      gives: { file_id: '1', deleted: true },
    },
    'copy-file': {
      endpoint: `POST ${V}/files/{file_id}/copy`,
      see: see('post-files-id-copy'),
      needs: ['file_id', 'parent'],
      input: { file_id: '1', parent: { id: '0' }, name: 'c.pdf' },
      request: `POST ${V}/files/1/copy`,
      json: { parent: { id: '0' }, name: 'c.pdf' },
      status: 201,
      answer: file('7'),
    },
    'list-file-versions': {
      endpoint: `GET ${V}/files/{file_id}/versions`,
      see: see('get-files-id-versions'),
      input: { file_id: '1' },
      pages: [
        [
          `GET ${V}/files/1/versions?limit=1000&offset=0`,
          { total_count: 2, entries: [{ id: 'v2', type: 'file_version' }] },
          '1',
        ],
        [
          `GET ${V}/files/1/versions?limit=1000&offset=1`,
          { total_count: 2, entries: [{ id: 'v1', type: 'file_version' }] },
        ],
      ],
    },
    'search-items': {
      endpoint: `GET ${V}/search`,
      see: see('get-search'),
      needs: ['query'],
      input: {
        query: 'door',
        type: 'file',
        ancestor_folder_ids: ['2', '5'],
        file_extensions: ['pdf'],
        content_types: ['name'],
        updated_at_range: '2026-01-01T00:00:00Z,',
      },
      pages: [
        [
          `GET ${V}/search?query=door&type=file&ancestor_folder_ids=2,5&file_extensions=pdf&content_types=name&updated_at_range=2026-01-01T00:00:00Z,&limit=200&offset=0`,
          { total_count: 2, entries: [file('1')] },
          '1',
        ],
        [
          `GET ${V}/search?query=door&type=file&ancestor_folder_ids=2,5&file_extensions=pdf&content_types=name&updated_at_range=2026-01-01T00:00:00Z,&limit=200&offset=1`,
          { total_count: 2, entries: [file('3')] },
        ],
      ],
      refused: [[{ query: 'a', type: 'mail' }, '/type must be equal to one of']],
    },
    'list-comments': {
      endpoint: `GET ${V}/files/{file_id}/comments`,
      see: see('get-files-id-comments'),
      input: { file_id: '1' },
      pages: [
        [`GET ${V}/files/1/comments?limit=1000&offset=0`, { total_count: 2, entries: [comment('8')] }, '1'],
        [`GET ${V}/files/1/comments?limit=1000&offset=1`, { total_count: 2, entries: [comment('9')] }],
      ],
    },
    'create-comment': {
      endpoint: `POST ${V}/comments`,
      see: see('post-comments'),
      needs: ['message', 'item'],
      input: { message: 'Nice', item: { id: '1', type: 'file' } },
      json: { message: 'Nice', item: { id: '1', type: 'file' } },
      status: 201,
      answer: comment('10'),
    },
    'list-collaborations': {
      endpoint: `GET ${V}/folders/{folder_id}/collaborations`,
      see: see('get-folders-id-collaborations'),
      input: { folder_id: '2' },
      pages: [
        [`GET ${V}/folders/2/collaborations?limit=1000`, { entries: [collaboration('11')], next_marker: 'm2' }, 'm2'],
        [
          `GET ${V}/folders/2/collaborations?limit=1000&marker=m2`,
          { entries: [collaboration('12')], next_marker: null },
        ],
      ],
    },
    'create-collaboration': {
      endpoint: `POST ${V}/collaborations`,
      see: see('post-collaborations'),
      needs: ['item', 'accessible_by', 'role'],
      input: {
        item: { id: '2', type: 'folder' },
        accessible_by: { type: 'user', login: 'ben@acme.example' },
        role: 'viewer',
        notify: false,
      },
      request: `POST ${V}/collaborations?notify=false`,
      json: {
        item: { id: '2', type: 'folder' },
        accessible_by: { type: 'user', login: 'ben@acme.example' },
        role: 'viewer',
      },
      status: 201,
      answer: collaboration('13'),
    },
    'delete-collaboration': {
      endpoint: `DELETE ${V}/collaborations/{collaboration_id}`,
      see: see('delete-collaborations-id'),
      input: { collaboration_id: '11' },
      request: `DELETE ${V}/collaborations/11`,
      status: 204,
      gives: { collaboration_id: '11', deleted: true },
    },
    'upload-file': {
      endpoint: 'POST /api/2.0/files/content',
      see: see('post-files-content'),
      needs: ['name', 'parent_id', 'content'],
      input: { name: 'a.txt', parent_id: '0', content: 'S8WvxYg=' },
      request: `POST ${UPLOAD}/files/content`,
      headers: multipart,
      text: parts('{"name":"a.txt","parent":{"id":"0"}}'),
      status: 201,
      from: '/entries/0',
      answer: { total_count: 1, entries: [file('14')] },
      refused: [
        [{ name: 'a\r\nb', parent_id: '0', content: '' }, '/name must match pattern'],
        [{ name: 'a', parent_id: '0', content: '%' }, '/content must match pattern'],
      ],
    },
    'upload-version': {
      endpoint: 'POST /api/2.0/files/{file_id}/content',
      see: see('post-files-id-content'),
      needs: ['file_id', 'name', 'content'],
      input: { file_id: '1', name: 'a.txt', content: 'S8WvxYg=' },
      request: `POST ${UPLOAD}/files/1/content`,
      headers: multipart,
      text: parts('{"name":"a.txt"}'),
      status: 201,
      from: '/entries/0',
      answer: { total_count: 1, entries: [file('1')] },
    },
    'get-download-address': {
      endpoint: `GET ${V}/files/{file_id}/content`,
      see: see('get-files-id-content'),
      input: { file_id: '1' },
      request: `GET ${V}/files/1/content`,
      status: 302,
      answerHeaders: { location: 'https://dl.boxcloud.com/1' },
      gives: { file_id: '1', url: 'https://dl.boxcloud.com/1' },
    },
  },
});
