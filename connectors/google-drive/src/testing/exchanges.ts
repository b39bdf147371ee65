// What Google's reference of the Drive API, version 3, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (method: string) => `https://developers.google.com/workspace/drive/api/reference/rest/v3/${method}`;
const API = '/drive/v3';
const FIELDS =
  'fields=id,name,mimeType,parents,size,md5Checksum,createdTime,modifiedTime,trashed,webViewLink,description,owners(displayName,emailAddress),appProperties';
const ALL = 'supportsAllDrives=true';
const ITEMS = 'supportsAllDrives=true&includeItemsFromAllDrives=true';
const LISTED = `fields=nextPageToken,files(${FIELDS.slice('fields='.length)})`;
const CHANGED = `fields=nextPageToken,newStartPageToken,changes(changeType,fileId,removed,time,file(${FIELDS.slice('fields='.length)}))`;
const PERMISSION = 'fields=id,type,role,emailAddress,domain,displayName,expirationTime';

const file = (id: string) => ({
  id,
  name: `${id}.pdf`,
  mimeType: 'application/pdf',
  parents: ['root1'],
  size: '5',
  trashed: false,
});
const permission = (id: string) => ({ id, type: 'user', role: 'writer', emailAddress: 'ann@acme.example' });
const problem = (code: number, reason: string, message: string) => ({
  error: { code, message, errors: [{ domain: 'global', reason, message }] },
});
/** The id is made of address and time, so that it is known here: 2026-01-01T00:00:00Z. */
const CHANNEL = '5b17094b2d0121b4001c00a97d9e5a82f826aa6e';
const watched = { kind: 'api#channel', id: CHANNEL, resourceId: 'res-1', expiration: '1767826800000' };

export const exchanges = exchangeTable({
  service: {
    origin: 'https://www.googleapis.com',
    applications: {
      'google-drive': { token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'google-drive-service': { token: 'at-2', headers: { authorization: 'Bearer at-2' } },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem(404, 'notFound', 'File not found: 70.') },
        outcome: { kind: 'fail', code: 'google-drive.not_found', says: 'notFound; File not found: 70.' },
      },
      {
        title: 'who may not',
        answer: {
          status: 403,
          json: problem(
            403,
            'insufficientFilePermissions',
            'The user does not have sufficient permissions for this file.',
          ),
        },
        outcome: { kind: 'fail', code: 'google-drive.forbidden', says: 'sufficient permissions' },
      },
      {
        title: 'too many requests, which Google says with 403',
        answer: { status: 403, json: problem(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded') },
        outcome: { kind: 'limit', after: 60, says: 'userRateLimitExceeded' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem(429, 'rateLimitExceeded', 'Rate Limit Exceeded') },
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
          request: `GET ${API}/about?fields=user`,
          answer: { json: { user: { displayName: 'Ann', emailAddress: 'ann@acme.example' } } },
        },
      ],
      answers: { detail: 'Connected as Ann (ann@acme.example).' },
    },
    {
      title: 'an API that is not enabled',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/about?fields=user`,
          answer: {
            status: 403,
            json: problem(
              403,
              'accessNotConfigured',
              'Google Drive API has not been used in project 1 before or it is disabled.',
            ),
          },
        },
      ],
      fails: { code: 'google-drive.forbidden', says: 'accessNotConfigured' },
    },
    {
      title: 'R17: changes are subscribed to, from now on',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: {},
      },
      exchanges: [
        { request: `GET ${API}/changes/startPageToken?${ALL}`, answer: { json: { startPageToken: '77' } } },
        {
          request: `POST ${API}/changes/watch?pageToken=77&${ITEMS}`,
          json: {
            id: CHANNEL,
            type: 'web_hook',
            address: 'https://sluice.example.com/hooks/1',
            token: 's-1',
            expiration: '1767826800000',
          },
          answer: { json: watched },
        },
      ],
      answers: { reference: { channel: CHANNEL, resource: 'res-1', pageToken: '77' }, expiresAt: 1_767_826_800_000 },
    },
    {
      title: 'R17: a channel is ended',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { channel: 'c1', resource: 'res-1', pageToken: '77' },
      },
      exchanges: [
        { request: `POST ${API}/channels/stop`, json: { id: 'c1', resourceId: 'res-1' }, answer: { status: 204 } },
      ],
    },
    {
      title: 'a channel that is gone is ended as well',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { channel: 'c1', resource: 'res-1', pageToken: '77' },
      },
      exchanges: [
        {
          request: `POST ${API}/channels/stop`,
          json: { id: 'c1', resourceId: 'res-1' },
          answer: { status: 404, json: problem(404, 'channelNotFound', "Channel 'c1' not found") },
        },
      ],
    },
  ],
  connectors: {
    'list-files': {
      endpoint: `GET ${API}/files`,
      see: see('files/list'),
      from: '/files',
      input: { q: "'f1' in parents and trashed = false", orderBy: 'name' },
      pages: [
        [
          `GET ${API}/files?q='f1'+in+parents+and+trashed+%3D+false&orderBy=name&${LISTED}&${ITEMS}&pageSize=100`,
          { files: [file('a'), file('b')], nextPageToken: '~!p2' },
          '~!p2',
        ],
        [
          `GET ${API}/files?q='f1'+in+parents+and+trashed+%3D+false&orderBy=name&${LISTED}&${ITEMS}&pageSize=100&pageToken=~!p2`,
          { files: [file('c')] },
        ],
      ],
      more: [
        {
          title: 'of a shared drive',
          input: { driveId: 'd1', corpora: 'drive', spaces: 'drive' },
          pages: [
            [`GET ${API}/files?driveId=d1&corpora=drive&spaces=drive&${LISTED}&${ITEMS}&pageSize=100`, { files: [] }],
          ],
        },
      ],
      refused: [[{ corpora: 'all' }, '/corpora must be equal to one of']],
    },
    'get-file': {
      endpoint: `GET ${API}/files/{fileId}`,
      see: see('files/get'),
      input: { fileId: 'a' },
      request: `GET ${API}/files/a?${FIELDS}&${ALL}`,
      answer: file('a'),
    },
    'create-file': {
      endpoint: `POST ${API}/files`,
      see: see('files/create'),
      needs: ['name'],
      input: {
        name: 'Objednávky',
        mimeType: 'application/vnd.google-apps.folder',
        parents: ['root1'],
        appProperties: { erp: '9' },
      },
      request: `POST ${API}/files?${FIELDS}&${ALL}`,
      json: {
        name: 'Objednávky',
        mimeType: 'application/vnd.google-apps.folder',
        parents: ['root1'],
        appProperties: { erp: '9' },
      },
      answer: file('d'),
      refused: [[{ name: 'x', parents: ['a', 'b'] }, '/parents must NOT have more']],
    },
    'update-file': {
      endpoint: `PATCH ${API}/files/{fileId}`,
      see: see('files/update'),
      input: { fileId: 'a', name: 'B.pdf', addParents: 'f2', removeParents: 'f1', trashed: false },
      needs: ['fileId'],
      request: `PATCH ${API}/files/a?addParents=f2&removeParents=f1&${FIELDS}&${ALL}`,
      json: { name: 'B.pdf', trashed: false },
      answer: file('a'),
    },
    'copy-file': {
      endpoint: `POST ${API}/files/{fileId}/copy`,
      see: see('files/copy'),
      input: { fileId: 'a', name: 'Copy' },
      needs: ['fileId'],
      request: `POST ${API}/files/a/copy?${FIELDS}&${ALL}`,
      json: { name: 'Copy' },
      answer: file('e'),
    },
    'delete-file': {
      endpoint: `DELETE ${API}/files/{fileId}`,
      see: see('files/delete'),
      input: { fileId: 'a' },
      request: `DELETE ${API}/files/a?${ALL}`,
      status: 204,
      gives: { fileId: 'a', deleted: true },
    },
    'list-permissions': {
      endpoint: `GET ${API}/files/{fileId}/permissions`,
      see: see('permissions/list'),
      from: '/permissions',
      input: { fileId: 'a' },
      pages: [
        [
          `GET ${API}/files/a/permissions?fields=nextPageToken,permissions(${PERMISSION.slice('fields='.length)})&${ALL}&pageSize=100`,
          { permissions: [permission('1')], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${API}/files/a/permissions?fields=nextPageToken,permissions(${PERMISSION.slice('fields='.length)})&${ALL}&pageSize=100&pageToken=p2`,
          { permissions: [permission('2')] },
        ],
      ],
    },
    'create-permission': {
      endpoint: `POST ${API}/files/{fileId}/permissions`,
      see: see('permissions/create'),
      needs: ['fileId', 'type', 'role'],
      input: {
        fileId: 'a',
        type: 'user',
        role: 'writer',
        emailAddress: 'ann@acme.example',
        sendNotificationEmail: false,
      },
      request: `POST ${API}/files/a/permissions?sendNotificationEmail=false&${PERMISSION}&${ALL}`,
      json: { type: 'user', role: 'writer', emailAddress: 'ann@acme.example' },
      answer: permission('3'),
      refused: [[{ fileId: 'a', type: 'user', role: 'boss' }, '/role must be equal to one of']],
    },
    'update-permission': {
      endpoint: `PATCH ${API}/files/{fileId}/permissions/{permissionId}`,
      see: see('permissions/update'),
      needs: ['fileId', 'permissionId', 'role'],
      input: { fileId: 'a', permissionId: '1', role: 'reader' },
      request: `PATCH ${API}/files/a/permissions/1?${PERMISSION}&${ALL}`,
      json: { role: 'reader' },
      answer: permission('1'),
    },
    'delete-permission': {
      endpoint: `DELETE ${API}/files/{fileId}/permissions/{permissionId}`,
      see: see('permissions/delete'),
      input: { fileId: 'a', permissionId: '1' },
      request: `DELETE ${API}/files/a/permissions/1?${ALL}`,
      status: 204,
      gives: { fileId: 'a', permissionId: '1', deleted: true },
    },
    'list-drives': {
      endpoint: `GET ${API}/drives`,
      see: see('drives/list'),
      from: '/drives',
      input: { q: "name contains 'Sales'" },
      pages: [
        [
          `GET ${API}/drives?q=name+contains+'Sales'&pageSize=100`,
          { drives: [{ id: 'd1', name: 'Sales' }], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${API}/drives?q=name+contains+'Sales'&pageSize=100&pageToken=p2`,
          { drives: [{ id: 'd2', name: 'Sales EU' }] },
        ],
      ],
    },
    'list-revisions': {
      endpoint: `GET ${API}/files/{fileId}/revisions`,
      see: see('revisions/list'),
      from: '/revisions',
      input: { fileId: 'a' },
      pages: [
        [
          `GET ${API}/files/a/revisions?fields=nextPageToken,revisions(id,modifiedTime,size,mimeType,keepForever)&pageSize=100`,
          { revisions: [{ id: '1', modifiedTime: '2026-01-01T00:00:00Z' }], nextPageToken: 'p2' },
          'p2',
        ],
        [
          `GET ${API}/files/a/revisions?fields=nextPageToken,revisions(id,modifiedTime,size,mimeType,keepForever)&pageSize=100&pageToken=p2`,
          { revisions: [{ id: '2', modifiedTime: '2026-01-02T00:00:00Z' }] },
        ],
      ],
    },
    'get-start-page-token': {
      endpoint: `GET ${API}/changes/startPageToken`,
      see: see('changes/getStartPageToken'),
      input: { driveId: 'd1' },
      request: `GET ${API}/changes/startPageToken?driveId=d1&${ALL}`,
      answer: { startPageToken: '77' },
      refused: [[{ driveId: 1 }, '/driveId must be string']],
    },
    'list-changes': {
      endpoint: `GET ${API}/changes`,
      see: see('changes/list'),
      input: { pageToken: '77' },
      needs: ['pageToken'],
      pages: [
        {
          request: `GET ${API}/changes?pageToken=77&pageSize=100&${CHANGED}&${ITEMS}`,
          answer: {
            changes: [
              { changeType: 'file', fileId: 'a', removed: false, time: '2026-01-01T00:00:00Z', file: file('a') },
            ],
            nextPageToken: '78',
          },
          cursor: '78',
          items: [{ changeType: 'file', fileId: 'a', removed: false, time: '2026-01-01T00:00:00Z', file: file('a') }],
        },
        {
          request: `GET ${API}/changes?pageToken=78&pageSize=100&${CHANGED}&${ITEMS}`,
          answer: { changes: [{ changeType: 'file', fileId: 'b', removed: true }], newStartPageToken: '80' },
          items: [{ changeType: 'file', fileId: 'b', removed: true }, { newStartPageToken: '80' }],
        },
      ],
    },
    'download-file': {
      endpoint: `GET ${API}/files/{fileId}#content`,
      see: see('files/get'),
      input: { fileId: 'a' },
      request: `GET ${API}/files/a?alt=media&${ALL}`,
      answerHeaders: { 'content-type': 'text/plain' },
      answerText: 'Kůň',
      gives: { content: 'S8WvxYg=', contentType: 'text/plain', size: 5 },
    },
    'export-file': {
      endpoint: `GET ${API}/files/{fileId}/export`,
      see: see('files/export'),
      needs: ['fileId', 'mimeType'],
      input: { fileId: 'a', mimeType: 'text/csv' },
      request: `GET ${API}/files/a/export?mimeType=text/csv`,
      answerHeaders: { 'content-type': 'text/csv' },
      answerText: 'a,b',
      gives: { content: 'YSxi', contentType: 'text/csv', size: 3 },
    },
    'upload-file': {
      endpoint: 'POST /upload/drive/v3/files',
      see: 'https://developers.google.com/workspace/drive/api/guides/manage-uploads',
      needs: ['name', 'content', 'contentType'],
      input: { name: 'a.txt', parents: ['f1'], content: 'S8WvxYg=', contentType: 'text/plain' },
      request: `POST /upload/drive/v3/files?uploadType=multipart&${ALL}&${FIELDS}`,
      headers: { 'content-type': 'multipart/related; boundary=sluice-db3d0f952ac5127487d5adb186f779fe' },
      text: '--sluice-db3d0f952ac5127487d5adb186f779fe\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{"name":"a.txt","parents":["f1"]}\r\n--sluice-db3d0f952ac5127487d5adb186f779fe\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nS8WvxYg=\r\n--sluice-db3d0f952ac5127487d5adb186f779fe--\r\n',
      answer: file('f'),
      refused: [[{ name: 'a', content: '%', contentType: 'text/plain' }, '/content must match pattern']],
    },
    'replace-content': {
      endpoint: 'PATCH /upload/drive/v3/files/{fileId}',
      see: 'https://developers.google.com/workspace/drive/api/guides/manage-uploads',
      needs: ['fileId', 'content', 'contentType'],
      input: { fileId: 'a', content: 'S8WvxYg=', contentType: 'text/plain' },
      request: `PATCH /upload/drive/v3/files/a?uploadType=media&${ALL}&${FIELDS}`,
      headers: { 'content-type': 'text/plain' },
      text: 'Kůň',
      answer: file('a'),
    },
  },
});
