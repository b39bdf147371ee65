// The endpoints of Box, version 2.0, whose bodies are JSON.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

export const common: Common = {
  list: {
    from: '/entries',
    paging: paging.cursor({ param: 'marker', from: '/next_marker', size: { usemarker: 'true', limit: 1_000 } }),
  },
};

const folderId = { folder_id: text('Id of the folder; 0 for the uppermost', { minLength: 1 }) };
export const fileId = { file_id: text('Id of the file', { minLength: 1 }) };
const parent = object({ id: text() }, ['id'], { description: 'The folder it stands in: id; 0 for the uppermost' });
const folder = record({ id: text(), type: text(), name: text() });
export const file = record({ id: text(), type: text(), name: text() });
const sharedLink = object(
  { access: choice(['open', 'company', 'collaborators']), password: text(), unshared_at: text(), permissions: map() },
  [],
  {
    description: 'A link by which it is shared: access, password, unshared_at, permissions',
  },
);
const written = {
  name: text('Name', { minLength: 1 }),
  description: text('Description'),
  parent,
  shared_link: sharedLink,
  tags: list(text(), 'Tags'),
};
const copied = { parent, name: text('Name of the copy') };
const marked = paging.cursor({ param: 'marker', from: '/next_marker', size: { limit: 1_000 } });
const collaboration = record({ id: text(), role: text(), status: text() });

export const table: EndpointTable = {
  'list-folder-items': {
    request: 'GET /folders/{folder_id}/items',
    description: 'What is in a folder, one message each',
    path: folderId,
    query: { fields: text('Only these members, as id,name,size,modified_at') },
    output: record({ id: text(), type: text() }),
  },
  ...resource({
    one: 'folder',
    path: '/folders',
    item: '/folders/{folder_id}',
    at: folderId,
    fields: written,
    needs: ['name', 'parent'],
    output: folder,
    verbs: ['get', 'create', 'update', 'delete'],
    update: 'PUT',
    but: {
      create: { body: { name: written.name, parent } },
      delete: { query: { recursive: flag('With all that is in it; default: false') } },
    },
  }),
  'copy-folder': {
    request: 'POST /folders/{folder_id}/copy',
    description: 'Copy a folder with all that is in it',
    path: folderId,
    body: copied,
    needs: ['parent'],
    output: folder,
  },
  ...resource({
    one: 'file',
    path: '/files',
    item: '/files/{file_id}',
    at: fileId,
    fields: written,
    output: file,
    verbs: ['get', 'update', 'delete'],
    update: 'PUT',
    but: { get: { query: { fields: text('Only these members, as id,name,size,shared_link') } } },
  }),
  'copy-file': {
    request: 'POST /files/{file_id}/copy',
    description: 'Copy a file',
    path: fileId,
    body: copied,
    needs: ['parent'],
    output: file,
  },
  'list-file-versions': {
    request: 'GET /files/{file_id}/versions',
    description: 'Former states of a file, one message each',
    path: fileId,
    paging: paging.offset({ size: { limit: 1_000 }, total: '/total_count' }),
    output: record({ id: text(), type: text() }),
  },
  'search-items': {
    request: 'GET /search',
    description: 'Files and folders with a text in name or content, one message each',
    query: {
      query: text('What to look for', { minLength: 1 }),
      type: choice(['file', 'folder', 'web_link'], 'Only of this kind'),
      ancestor_folder_ids: list(text(), 'Only in these folders'),
      file_extensions: list(text(), 'Only with these endings, as pdf'),
      content_types: list(choice(['name', 'description', 'file_content', 'comments', 'tag']), 'Where to look'),
      updated_at_range: text('Only those changed in this time, as FROM,TO; either may be left out'),
    },
    needs: ['query'],
    paging: paging.offset({ size: { limit: 200 }, total: '/total_count' }),
    output: record({ id: text(), type: text(), name: text() }),
  },
  'list-comments': {
    request: 'GET /files/{file_id}/comments',
    description: 'Comments of a file, one message each',
    path: fileId,
    paging: paging.offset({ size: { limit: 1_000 }, total: '/total_count' }),
    output: record({ id: text(), message: text() }),
  },
  'create-comment': {
    request: 'POST /comments',
    description: 'Comment a file, or answer a comment',
    body: {
      message: text('Text', { minLength: 1 }),
      item: object({ id: text(), type: choice(['file', 'comment']) }, ['id', 'type'], {
        description: 'What: id, type',
      }),
    },
    needs: ['message', 'item'],
    output: record({ id: text(), message: text() }),
  },
  'list-collaborations': {
    request: 'GET /folders/{folder_id}/collaborations',
    description: 'With whom a folder is shared, one message each',
    path: folderId,
    paging: marked,
    output: collaboration,
  },
  'create-collaboration': {
    request: 'POST /collaborations',
    description: 'Share a file or folder with somebody',
    query: { notify: flag('Whether they are told by e-mail') },
    body: {
      item: object({ id: text(), type: choice(['file', 'folder']) }, ['id', 'type'], { description: 'What: id, type' }),
      accessible_by: object({ type: choice(['user', 'group']), id: text(), login: text() }, ['type'], {
        description: 'With whom: type, and id or login (an e-mail address)',
      }),
      role: choice(
        ['editor', 'viewer', 'previewer', 'uploader', 'previewer uploader', 'viewer uploader', 'co-owner'],
        'What they may do',
      ),
      can_view_path: flag('Whether they see the folders above'),
      expires_at: text('When it ends, as 2026-01-31T00:00:00Z'),
    },
    needs: ['item', 'accessible_by', 'role'],
    output: collaboration,
  },
  'delete-collaboration': {
    request: 'DELETE /collaborations/{collaboration_id}',
    description: 'End the sharing of a file or folder with somebody',
    path: { collaboration_id: text('Id of the collaboration', { minLength: 1 }) },
    output: record({ collaboration_id: text(), deleted: flag() }),
    gives: ({ collaboration_id }) => ({ collaboration_id, deleted: true }),
  },
};
