// The endpoints of a drive in Microsoft Graph, version 1.0, whose bodies are JSON. Lists go on by the query of `@odata.nextLink`.

import { type Common, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

export const common: Common = { list: { from: '/value', paging: paging.address({ from: '/@odata.nextLink' }) } };

export const itemId = { itemId: text('Id of the file or folder; root for the uppermost folder', { minLength: 1 }) };
export const item = record({ id: text(), name: text() });
const permission = record({ id: text() });
const select = { $select: text('Only these members, as id,name,size'), $orderby: text('Order, such as name desc') };
export const conflict = choice(['rename', 'replace', 'fail'], 'When the name is taken; default: fail');

export const table: EndpointTable = {
  'list-children': {
    request: 'GET /items/{itemId}/children',
    description: 'What is in a folder, one message each',
    path: itemId,
    query: select,
    always: { query: { $top: 200 } },
    output: item,
  },
  'get-item': {
    request: 'GET /items/{itemId}',
    description: 'What is known of a file or folder; of a file, where its content is for an hour',
    path: itemId,
    output: item,
  },
  'search-items': {
    request: "GET /root/search(q='{q}')",
    description: 'Files and folders with a text in name or content, one message each',
    path: { q: text('What to look for', { pattern: "^[^']+$" }) },
    always: { query: { $top: 200 } },
    output: item,
  },
  'create-folder': {
    request: 'POST /items/{itemId}/children',
    description: 'Make a folder in a folder',
    path: { itemId: text('Id of the folder above; root for the uppermost', { minLength: 1 }) },
    body: { name: text('Name', { minLength: 1 }), '@microsoft.graph.conflictBehavior': conflict },
    needs: ['name'],
    always: { body: { folder: {} } },
    output: item,
  },
  'update-item': {
    request: 'PATCH /items/{itemId}',
    description: 'Rename, describe or move a file or folder; what is not given stays',
    path: itemId,
    body: {
      name: text('Name', { minLength: 1 }),
      description: text('Description'),
      parentReference: object({ id: text() }, ['id'], { description: 'The folder it moves into: id' }),
    },
    output: item,
  },
  'copy-item': {
    request: 'POST /items/{itemId}/copy',
    description: 'Have a file or folder copied; Graph does it after it answered',
    path: itemId,
    body: {
      name: text('Name of the copy'),
      parentReference: object({ id: text(), driveId: text() }, ['id'], {
        description: 'The folder of the copy: id, driveId',
      }),
    },
    needs: ['parentReference'],
    output: record({ itemId: text(), accepted: flag() }),
    gives: (input) => ({ itemId: input.itemId, accepted: true }),
  },
  'delete-item': {
    request: 'DELETE /items/{itemId}',
    description: 'Put a file or folder into the recycle bin',
    path: itemId,
    output: record({ itemId: text(), deleted: flag() }),
    gives: (input) => ({ itemId: input.itemId, deleted: true }),
  },
  'create-link': {
    request: 'POST /items/{itemId}/createLink',
    description: 'Make a link by which a file or folder is shared',
    path: itemId,
    body: {
      type: choice(['view', 'edit', 'embed'], 'What it lets people do'),
      scope: choice(['anonymous', 'organization', 'users'], 'For whom; default: as the organisation has set it'),
      password: text('Password, where the service has them'),
      expirationDateTime: text('When it ends, as 2026-01-31T00:00:00Z'),
    },
    needs: ['type'],
    output: record({ id: text(), link: map() }),
  },
  'invite-to-item': {
    request: 'POST /items/{itemId}/invite',
    description: 'Share a file or folder with people',
    path: itemId,
    body: {
      recipients: list(object({ email: text() }), 'Whom: email', { minItems: 1 }),
      roles: list(choice(['read', 'write']), 'What they may do', { minItems: 1 }),
      requireSignIn: flag('Whether they have to sign in'),
      sendInvitation: flag('Whether they are told by e-mail'),
      message: text('Text of that e-mail'),
    },
    needs: ['recipients', 'roles'],
    always: { body: { requireSignIn: true, sendInvitation: false } },
    output: record({ value: list(map()) }),
  },
  'list-permissions': {
    request: 'GET /items/{itemId}/permissions',
    description: 'With whom a file or folder is shared, one message each',
    path: itemId,
    output: permission,
  },
  'delete-permission': {
    request: 'DELETE /items/{itemId}/permissions/{permissionId}',
    description: 'End the sharing of a file or folder with somebody, or a link',
    path: itemId,
    output: record({ permissionId: text(), deleted: flag() }),
    gives: ({ permissionId }) => ({ permissionId, deleted: true }),
  },
  'list-versions': {
    request: 'GET /items/{itemId}/versions',
    description: 'Former states of a file, one message each',
    path: itemId,
    output: record({ id: text(), lastModifiedDateTime: text() }),
  },
};
