// What the reference of Microsoft Graph, version 1.0, says of requests and answers. Addresses are relative to the drive.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://learn.microsoft.com/en-us/graph/api/${page}?view=graph-rest-1.0`;
const GRAPH = 'https://graph.microsoft.com/v1.0';

const item = (id: string) => ({
  id,
  name: `${id}.pdf`,
  size: 5,
  file: { mimeType: 'application/pdf' },
  parentReference: { id: 'root1' },
});
const folder = (id: string) => ({ id, name: 'Orders', folder: { childCount: 0 } });
const permission = (id: string) => ({ id, roles: ['read'] });
const version = (id: string) => ({ id, lastModifiedDateTime: '2026-01-01T00:00:00Z' });
const problem = (code: string, message: string) => ({ error: { code, message, innerError: {} } });
const pages = (path: string, query: string, first: object, last: object) =>
  [
    [
      `GET ${path}${query && `?${query}`}`,
      { value: [first], '@odata.nextLink': `${GRAPH}/any${path}?$skiptoken=p2` },
      '%24skiptoken=p2',
    ],
    [`GET ${path}?$skiptoken=p2`, { value: [last] }],
  ] as const;
const subscribed = (resource: string) => ({
  request: `POST ${GRAPH}/subscriptions`,
  json: {
    changeType: 'updated',
    notificationUrl: 'https://sluice.example.com/hooks/1',
    resource,
    expirationDateTime: '2026-01-29T00:00:00.000Z',
    clientState: 's-1',
  },
  answer: { status: 201, json: { id: 'sub-1', expirationDateTime: '2026-01-29T00:00:00Z' } },
});

export const exchanges = exchangeTable({
  service: {
    origin: `${GRAPH}/me/drive`,
    applications: {
      onedrive: {
        settings: { settings: { tenant: 'common' } },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1' },
      },
      'sharepoint-files': {
        settings: {
          credentials: { clientId: 'c', clientSecret: 's' },
          settings: { tenant: 'acme.onmicrosoft.com', site: 'acme.sharepoint.com:/sites/sales team', drive: 'b!1' },
        },
        token: 'at-2',
        origin: `${GRAPH}/drives/b!1`,
        headers: { authorization: 'Bearer at-2' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 404, json: problem('itemNotFound', 'The resource could not be found.') },
        outcome: { kind: 'fail', code: 'onedrive.not_found', says: 'itemNotFound; The resource' },
      },
      {
        title: 'a name that is taken',
        answer: { status: 409, json: problem('nameAlreadyExists', 'An item with the same name already exists.') },
        outcome: { kind: 'fail', code: 'onedrive.conflict', says: 'nameAlreadyExists' },
      },
      {
        title: 'a drive that is full',
        answer: { status: 507, json: problem('quotaLimitReached', 'The user has reached their quota limit.') },
        outcome: { kind: 'fail', code: 'onedrive.full', says: 'quota limit' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: problem('activityLimitReached', 'The app has been throttled.') },
        outcome: { kind: 'limit', after: 30 },
      },
      {
        title: 'Graph in trouble',
        answer: { status: 503, json: problem('serviceNotAvailable', 'Try again') },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  itemsFrom: '/value',
  application: [
    {
      title: 'the connection is there',
      only: ['onedrive'],
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${GRAPH}/me/drive`,
          answer: { json: { driveType: 'personal', quota: { remaining: 5_000_000_000 } } },
        },
      ],
      answers: { detail: 'Connected to "personal", 5000 MB are free.' },
    },
    {
      title: 'the library is there',
      only: ['sharepoint-files'],
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${GRAPH}/drives/b!1`, answer: { json: { name: 'Documents', driveType: 'documentLibrary' } } },
      ],
      answers: { detail: 'Connected to "Documents".' },
    },
    {
      title: 'a permission that is missing',
      only: ['onedrive'],
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${GRAPH}/me/drive`, answer: { status: 403, json: problem('accessDenied', 'Access denied') } },
      ],
      fails: { code: 'onedrive.forbidden', says: 'accessDenied' },
    },
    {
      title: 'a library that may not be reached',
      only: ['sharepoint-files'],
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${GRAPH}/drives/b!1`, answer: { status: 403, json: problem('accessDenied', 'Access denied') } },
      ],
      fails: { code: 'onedrive.forbidden', says: 'accessDenied' },
    },
    {
      title: 'libraries to choose from',
      only: ['sharepoint-files'],
      invoke: { operation: 'choices', form: 'settings', field: 'drive' },
      exchanges: [
        {
          request: `GET ${GRAPH}/sites/acme.sharepoint.com:/sites/sales%20team:/drives?$select=id,name`,
          answer: { json: { value: [{ id: 'b!1', name: 'Documents' }] } },
        },
      ],
      answers: [{ value: 'b!1', label: 'Documents' }],
    },
    {
      title: 'R17: changes are subscribed to',
      only: ['onedrive'],
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: {},
      },
      exchanges: [subscribed('me/drive/root')],
      answers: { reference: { subscription: 'sub-1' }, expiresAt: 1_769_644_800_000 },
    },
    {
      title: 'R17: changes of a library are subscribed to',
      only: ['sharepoint-files'],
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's-1',
        parameters: {},
      },
      exchanges: [subscribed('drives/b!1/root')],
      answers: { reference: { subscription: 'sub-1' }, expiresAt: 1_769_644_800_000 },
    },
    {
      title: 'R17: a subscription is ended',
      invoke: { operation: 'webhook.unsubscribe', event: 'changes', reference: { subscription: 'sub-1' } },
      exchanges: [{ request: `DELETE ${GRAPH}/subscriptions/sub-1`, answer: { status: 204 } }],
    },
    {
      title: 'a subscription that is gone is ended as well',
      invoke: { operation: 'webhook.unsubscribe', event: 'changes', reference: { subscription: 'sub-1' } },
      exchanges: [
        {
          request: `DELETE ${GRAPH}/subscriptions/sub-1`,
          answer: { status: 404, json: problem('itemNotFound', 'Gone') },
        },
      ],
    },
  ],
  connectors: {
    'list-children': {
      endpoint: 'GET /items/{itemId}/children',
      see: see('driveitem-list-children'),
      input: { itemId: 'root', $select: 'id,name', $orderby: 'name desc' },
      needs: ['itemId'],
      pages: pages('/items/root/children', '$top=200&$select=id,name&$orderby=name+desc', item('a'), item('b')),
    },
    'get-item': {
      endpoint: 'GET /items/{itemId}',
      see: see('driveitem-get'),
      input: { itemId: 'a!1' },
      request: 'GET /items/a!1',
      answer: item('a!1'),
    },
    'search-items': {
      endpoint: "GET /root/search(q='{q}')",
      see: see('driveitem-search'),
      input: { q: 'door 7' },
      pages: pages("/root/search(q='door%207')", '$top=200', item('a'), item('b')),
      refused: [[{ q: "a') or b" }, '/q must match pattern']],
    },
    'create-folder': {
      endpoint: 'POST /items/{itemId}/children',
      see: see('driveitem-post-children'),
      needs: ['itemId', 'name'],
      input: { itemId: 'root', name: 'Objednávky', '@microsoft.graph.conflictBehavior': 'rename' },
      request: 'POST /items/root/children',
      json: { folder: {}, name: 'Objednávky', '@microsoft.graph.conflictBehavior': 'rename' },
      status: 201,
      answer: folder('f1'),
    },
    'update-item': {
      endpoint: 'PATCH /items/{itemId}',
      see: see('driveitem-update'),
      needs: ['itemId'],
      input: { itemId: 'a', name: 'b.pdf', parentReference: { id: 'f1' } },
      request: 'PATCH /items/a',
      json: { name: 'b.pdf', parentReference: { id: 'f1' } },
      answer: item('a'),
    },
    'copy-item': {
      endpoint: 'POST /items/{itemId}/copy',
      see: see('driveitem-copy'),
      needs: ['itemId', 'parentReference'],
      input: { itemId: 'a', parentReference: { id: 'f1' }, name: 'c.pdf' },
      request: 'POST /items/a/copy',
      json: { parentReference: { id: 'f1' }, name: 'c.pdf' },
      status: 202,
      gives: { itemId: 'a', accepted: true },
    },
    'delete-item': {
      endpoint: 'DELETE /items/{itemId}',
      see: see('driveitem-delete'),
      input: { itemId: 'a' },
      request: 'DELETE /items/a',
      status: 204,
      gives: { itemId: 'a', deleted: true },
    },
    'create-link': {
      endpoint: 'POST /items/{itemId}/createLink',
      see: see('driveitem-createlink'),
      needs: ['itemId', 'type'],
      input: { itemId: 'a', type: 'view', scope: 'organization' },
      request: 'POST /items/a/createLink',
      json: { type: 'view', scope: 'organization' },
      status: 201,
      answer: { id: 'p1', link: { webUrl: 'https://acme.sharepoint.com/x' } },
    },
    'invite-to-item': {
      endpoint: 'POST /items/{itemId}/invite',
      see: see('driveitem-invite'),
      needs: ['itemId', 'recipients', 'roles'],
      input: { itemId: 'a', recipients: [{ email: 'ben@acme.example' }], roles: ['read'], message: 'Look' },
      request: 'POST /items/a/invite',
      json: {
        requireSignIn: true,
        sendInvitation: false,
        recipients: [{ email: 'ben@acme.example' }],
        roles: ['read'],
        message: 'Look',
      },
      answer: { value: [permission('p2')] },
    },
    'list-permissions': {
      endpoint: 'GET /items/{itemId}/permissions',
      see: see('driveitem-list-permissions'),
      input: { itemId: 'a' },
      pages: pages('/items/a/permissions', '', permission('p1'), permission('p2')),
    },
    'delete-permission': {
      endpoint: 'DELETE /items/{itemId}/permissions/{permissionId}',
      see: see('permission-delete'),
      input: { itemId: 'a', permissionId: 'p1' },
      request: 'DELETE /items/a/permissions/p1',
      status: 204,
      gives: { permissionId: 'p1', deleted: true },
    },
    'list-versions': {
      endpoint: 'GET /items/{itemId}/versions',
      see: see('driveitem-list-versions'),
      input: { itemId: 'a' },
      pages: pages('/items/a/versions', '', version('2.0'), version('1.0')),
    },
    'list-changes': {
      endpoint: 'GET /root/delta',
      see: see('driveitem-delta'),
      pages: [
        {
          request: 'GET /root/delta',
          answer: { value: [item('a')], '@odata.nextLink': `${GRAPH}/me/drive/root/delta?token=p2` },
          cursor: 'p2',
          items: [item('a')],
        },
        {
          request: 'GET /root/delta?token=p2',
          answer: { value: [item('b')], '@odata.deltaLink': `${GRAPH}/me/drive/root/delta?token=d1` },
          items: [item('b'), { deltaToken: 'd1' }],
        },
      ],
      more: [
        {
          title: 'since a token, which stands in the path',
          input: { deltaToken: 'd1' },
          pages: [
            {
              request: 'GET /root/delta?token=d1',
              answer: { value: [], '@odata.deltaLink': `${GRAPH}/me/drive/root/delta(token='d2')` },
              items: [{ deltaToken: 'd2' }],
            },
          ],
        },
      ],
      refused: [[{ deltaToken: 1 }, '/deltaToken must be string']],
    },
    'upload-file': {
      endpoint: 'PUT /items/{parentId}:/{name}:/content',
      see: see('driveitem-put-content'),
      needs: ['parentId', 'name', 'content'],
      input: { parentId: 'root', name: 'Kůň 1.txt', content: 'S8WvxYg=', contentType: 'text/plain' },
      request: 'PUT /items/root:/K%C5%AF%C5%88%201.txt:/content',
      headers: { 'content-type': 'text/plain' },
      text: 'Kůň',
      status: 201,
      answer: item('c'),
      refused: [
        [{ parentId: 'root', name: 'a/b', content: '' }, '/name must match pattern'],
        [{ parentId: 'root', name: 'a', content: '%' }, '/content must match pattern'],
      ],
    },
    'replace-content': {
      endpoint: 'PUT /items/{itemId}/content',
      see: see('driveitem-put-content'),
      needs: ['itemId', 'content'],
      input: { itemId: 'a', content: 'S8WvxYg=' },
      request: 'PUT /items/a/content',
      headers: { 'content-type': 'application/octet-stream' },
      text: 'Kůň',
      answer: item('a'),
    },
    'get-download-address': {
      endpoint: 'GET /items/{itemId}/content',
      see: see('driveitem-get-content'),
      input: { itemId: 'a' },
      request: 'GET /items/a/content',
      status: 302,
      answerHeaders: { location: 'https://acme.sharepoint.com/download?t=1' },
      gives: { itemId: 'a', url: 'https://acme.sharepoint.com/download?t=1' },
    },
  },
});
