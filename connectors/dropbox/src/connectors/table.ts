// The endpoints of Dropbox, version 2, whose bodies are JSON: everything is asked by POST.

import { type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

export const place = (description: string) =>
  text(`${description}, as /Orders/door.pdf; or its id, as id:abc`, { minLength: 1 });
export const entry = record({ name: text() });
const moved = {
  body: {
    from_path: place('Which file or folder'),
    to_path: place('Where to, with the new name'),
    autorename: flag('Give it another name when that one is taken; default: false'),
  },
  needs: ['from_path', 'to_path'],
  from: '/metadata',
  output: entry,
};
const link = record({ url: text(), name: text() });

export const table: EndpointTable = {
  'get-metadata': {
    request: 'POST /files/get_metadata',
    description: 'What is known of a file or folder',
    body: { path: place('Which file or folder'), include_deleted: flag('Also one that is deleted') },
    needs: ['path'],
    output: entry,
  },
  'create-folder': {
    request: 'POST /files/create_folder_v2',
    description: 'Make a folder',
    body: {
      path: place('Where, with its name'),
      autorename: flag('Give it another name when that one is taken; default: false'),
    },
    needs: ['path'],
    from: '/metadata',
    output: entry,
  },
  'move-file': { request: 'POST /files/move_v2', description: 'Move or rename a file or folder', ...moved },
  'copy-file': { request: 'POST /files/copy_v2', description: 'Copy a file or folder', ...moved },
  'delete-file': {
    request: 'POST /files/delete_v2',
    description: 'Delete a file or a folder with all that is in it; it can be restored for a while',
    body: { path: place('Which file or folder') },
    needs: ['path'],
    from: '/metadata',
    output: entry,
  },
  'list-revisions': {
    request: 'POST /files/list_revisions',
    description: 'Former states of a file, at most a hundred, one message each',
    body: {
      path: place('Which file'),
      mode: choice(['path', 'id'], 'Of the file that is there, or of one file wherever it was; default: path'),
    },
    needs: ['path'],
    always: { body: { limit: 100 } },
    from: '/entries',
    paging: paging.all(),
    output: record({ rev: text(), name: text() }),
  },
  'restore-file': {
    request: 'POST /files/restore',
    description: 'Bring a former state of a file back',
    body: { path: place('Which file'), rev: text('Revision, from list-revisions', { minLength: 9 }) },
    needs: ['path', 'rev'],
    output: entry,
  },
  'get-temporary-link': {
    request: 'POST /files/get_temporary_link',
    description: 'Where the content of a file can be fetched for four hours, by whoever has the address',
    body: { path: place('Which file') },
    needs: ['path'],
    output: record({ link: text(), metadata: map() }),
  },
  'create-shared-link': {
    request: 'POST /sharing/create_shared_link_with_settings',
    description: 'Make a link by which a file or folder is shared',
    body: {
      path: place('Which file or folder'),
      settings: object(
        {
          audience: choice(['public', 'team', 'no_one']),
          access: choice(['viewer', 'editor', 'max']),
          expires: text(),
          link_password: text(),
        },
        [],
        {
          description: 'audience, access, expires as 2026-01-31T00:00:00Z, link_password with require_password',
        },
      ),
    },
    needs: ['path'],
    output: link,
  },
  'list-shared-links': {
    request: 'POST /sharing/list_shared_links',
    description: 'Links by which files are shared, one message each',
    body: { path: place('Only of this file or folder'), direct_only: flag('Only those of it, not of folders above') },
    from: '/links',
    paging: paging.cursor({ param: 'cursor', from: '/cursor', more: '/has_more', in: 'body' }),
    output: link,
  },
  'revoke-shared-link': {
    request: 'POST /sharing/revoke_shared_link',
    description: 'End a link by which a file or folder is shared',
    body: { url: text('The link', { minLength: 1 }) },
    needs: ['url'],
    output: record({ url: text(), revoked: flag() }),
    gives: ({ url }) => ({ url, revoked: true }),
  },
  'add-file-members': {
    request: 'POST /sharing/add_file_member',
    description: 'Share a file with people',
    body: {
      file: place('Which file'),
      members: list(map(), 'Whom: .tag (email), email', { minItems: 1 }),
      access_level: choice(['viewer', 'editor'], 'What they may do; default: viewer'),
      quiet: flag('Whether they are told nothing; default: false'),
      custom_message: text('Text of the e-mail'),
    },
    needs: ['file', 'members'],
    output: record({ file: text(), shared: flag() }),
    gives: ({ file }) => ({ file, shared: true }),
  },
};
