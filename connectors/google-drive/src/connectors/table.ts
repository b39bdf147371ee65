// The endpoints of Drive, version 3, whose bodies are JSON. Items of shared drives are there in all of them.

import { type Common, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, record, text } = schema;

export const FILE_FIELDS =
  'id,name,mimeType,parents,size,md5Checksum,createdTime,modifiedTime,trashed,webViewLink,description,owners(displayName,emailAddress),appProperties';
const PERMISSION_FIELDS = 'id,type,role,emailAddress,domain,displayName,expirationTime';
const SHARED = { supportsAllDrives: true };

export const common: Common = {
  list: { paging: paging.cursor({ param: 'pageToken', from: '/nextPageToken', size: { pageSize: 100 } }) },
};

export const file = record({ id: text(), name: text(), mimeType: text() });
const permission = record({ id: text(), type: text(), role: text() });
export const fileId = { fileId: text('Id of the file or folder', { minLength: 1 }) };
const ROLES = ['owner', 'organizer', 'fileOrganizer', 'writer', 'commenter', 'reader'];
const written = {
  name: text('Name', { minLength: 1 }),
  description: text('Description'),
  starred: flag('Whether it is starred'),
  appProperties: map('Texts by key that only this application sees'),
  modifiedTime: text('When it was changed, as 2026-01-31T00:00:00Z'),
};

export const table: EndpointTable = {
  'list-files': {
    request: 'GET /drive/v3/files',
    description: 'Files and folders, one message each',
    query: {
      q: text('Which, as "\'FOLDER\' in parents and trashed = false"; default: all'),
      orderBy: text('Order, such as modifiedTime desc,name'),
      driveId: text('Only those of this shared drive; with corpora: drive'),
      corpora: choice(['user', 'domain', 'drive', 'allDrives'], 'Where to look; default: user'),
      spaces: text('drive or appDataFolder; default: drive'),
    },
    always: { query: { fields: `nextPageToken,files(${FILE_FIELDS})`, ...SHARED, includeItemsFromAllDrives: true } },
    from: '/files',
    output: file,
  },
  'get-file': {
    request: 'GET /drive/v3/files/{fileId}',
    description: 'What is known of a file or folder, without its content',
    path: fileId,
    always: { query: { fields: FILE_FIELDS, ...SHARED } },
    output: file,
  },
  'create-file': {
    request: 'POST /drive/v3/files',
    description: 'Make a folder, a shortcut, or a file without content',
    body: {
      ...written,
      mimeType: text('Type: application/vnd.google-apps.folder for a folder'),
      parents: list(text(), 'Id of the folder it is put in; default: the root', { maxItems: 1 }),
      shortcutDetails: map('Of a shortcut: targetId'),
    },
    needs: ['name'],
    always: { query: { fields: FILE_FIELDS, ...SHARED } },
    output: file,
  },
  'update-file': {
    request: 'PATCH /drive/v3/files/{fileId}',
    description: 'Rename, describe, move or trash a file or folder; what is not given stays',
    path: fileId,
    query: {
      addParents: text('Id of the folder it is moved into'),
      removeParents: text('Id of the folder it is moved out of'),
    },
    body: { ...written, mimeType: text('Type'), trashed: flag('Whether it is in the trash') },
    always: { query: { fields: FILE_FIELDS, ...SHARED } },
    output: file,
  },
  'copy-file': {
    request: 'POST /drive/v3/files/{fileId}/copy',
    description: 'Copy a file',
    path: fileId,
    body: {
      name: text('Name of the copy'),
      parents: list(text(), 'Id of the folder of the copy; default: that of the file', { maxItems: 1 }),
      description: text('Description'),
    },
    always: { query: { fields: FILE_FIELDS, ...SHARED } },
    output: file,
  },
  'delete-file': {
    request: 'DELETE /drive/v3/files/{fileId}',
    description: 'Delete a file or a folder with all that is in it, for good',
    path: fileId,
    always: { query: SHARED },
    output: record({ fileId: text(), deleted: flag() }),
    gives: (input) => ({ fileId: input.fileId, deleted: true }),
  },
  'list-permissions': {
    request: 'GET /drive/v3/files/{fileId}/permissions',
    description: 'With whom a file or folder is shared, one message each',
    path: fileId,
    always: { query: { fields: `nextPageToken,permissions(${PERMISSION_FIELDS})`, ...SHARED } },
    from: '/permissions',
    output: permission,
  },
  'create-permission': {
    request: 'POST /drive/v3/files/{fileId}/permissions',
    description: 'Share a file or folder',
    path: fileId,
    query: {
      sendNotificationEmail: flag('Whether Google tells them by e-mail; default: true'),
      emailMessage: text('Text of that e-mail'),
      transferOwnership: flag('Must be true to make somebody the owner'),
    },
    body: {
      type: choice(['user', 'group', 'domain', 'anyone'], 'With whom'),
      role: choice(ROLES, 'What they may do'),
      emailAddress: text('Address of the person or group'),
      domain: text('Domain, where the type is domain'),
      expirationTime: text('When it ends, as 2026-01-31T00:00:00Z'),
    },
    needs: ['type', 'role'],
    always: { query: { fields: PERMISSION_FIELDS, ...SHARED } },
    output: permission,
  },
  'update-permission': {
    request: 'PATCH /drive/v3/files/{fileId}/permissions/{permissionId}',
    description: 'Change what somebody may do with a file or folder',
    path: fileId,
    query: { transferOwnership: flag('Must be true to make somebody the owner') },
    body: { role: choice(ROLES, 'What they may do'), expirationTime: text('When it ends') },
    needs: ['role'],
    always: { query: { fields: PERMISSION_FIELDS, ...SHARED } },
    output: permission,
  },
  'delete-permission': {
    request: 'DELETE /drive/v3/files/{fileId}/permissions/{permissionId}',
    description: 'End the sharing of a file or folder with somebody',
    path: fileId,
    always: { query: SHARED },
    output: record({ fileId: text(), permissionId: text(), deleted: flag() }),
    gives: ({ fileId: id, permissionId }) => ({ fileId: id, permissionId, deleted: true }),
  },
  'list-drives': {
    request: 'GET /drive/v3/drives',
    description: 'Shared drives, one message each',
    query: { q: text('Which, as "name contains \'Sales\'"') },
    from: '/drives',
    output: record({ id: text(), name: text() }),
  },
  'list-revisions': {
    request: 'GET /drive/v3/files/{fileId}/revisions',
    description: 'Former states of a file, one message each',
    path: fileId,
    always: { query: { fields: 'nextPageToken,revisions(id,modifiedTime,size,mimeType,keepForever)' } },
    from: '/revisions',
    output: record({ id: text(), modifiedTime: text() }),
  },
  'get-start-page-token': {
    request: 'GET /drive/v3/changes/startPageToken',
    description: 'Where list-changes begins to see what happens from now on',
    query: { driveId: text('Of this shared drive') },
    always: { query: SHARED },
    output: record({ startPageToken: text() }),
  },
};

/** Bytes in a message: base64, and how many. */
export const contentOutput = record({ content: text(), contentType: text(), size: integer() });
