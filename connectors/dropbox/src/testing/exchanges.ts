// What Dropbox's documentation of the HTTP API, version 2, says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (anchor: string) => `https://www.dropbox.com/developers/documentation/http/documentation#${anchor}`;
const CONTENT = 'https://content.dropboxapi.com';

const file = (name: string) => ({
  '.tag': 'file',
  name,
  id: `id:${name}`,
  path_display: `/Orders/${name}`,
  rev: '015f9c2b1',
  size: 5,
});
const folder = (name: string) => ({ '.tag': 'folder', name, id: `id:${name}`, path_display: `/${name}` });
const link = (id: string) => ({ '.tag': 'file', url: `https://www.dropbox.com/s/${id}/a.pdf`, name: 'a.pdf' });
const wrong = (error_summary: string) => ({ error_summary, error: { '.tag': error_summary.split('/')[0]! } });

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.dropboxapi.com',
    applications: {
      dropbox: {
        settings: { credentials: { clientId: 'k', clientSecret: 's' } },
        token: 'at-1',
        headers: { authorization: 'Bearer at-1' },
      },
    },
    always: [
      {
        title: 'one that is not there',
        answer: { status: 409, json: wrong('path/not_found/..') },
        outcome: { kind: 'fail', code: 'dropbox.not_found', says: 'path/not_found' },
      },
      {
        title: 'a name that is taken',
        answer: { status: 409, json: wrong('path/conflict/file/...') },
        outcome: { kind: 'fail', code: 'dropbox.conflict', says: 'path/conflict/file' },
      },
      {
        title: 'a Dropbox that is full',
        answer: { status: 409, json: wrong('path/insufficient_space/.') },
        outcome: { kind: 'fail', code: 'dropbox.insufficient_space', says: 'insufficient_space' },
      },
      {
        title: 'what it refuses for another reason',
        answer: { status: 409, json: wrong('other/...') },
        outcome: { kind: 'fail', code: 'dropbox.refused', says: 'other' },
      },
      {
        title: 'a permission that is missing',
        answer: { status: 401, json: wrong('missing_scope/...') },
        outcome: { kind: 'fail', code: 'dropbox.missing_scope', says: 'missing_scope' },
      },
      {
        title: 'a wrong input',
        answer: { status: 400, text: 'Error in call to API function' },
        outcome: { kind: 'fail', code: 'dropbox.invalid', says: 'Error in call to API function' },
      },
      {
        title: 'too many requests, and no time',
        answer: { status: 429, json: wrong('too_many_write_operations/.') },
        outcome: { kind: 'limit', after: 60 },
      },
      { title: 'Dropbox in trouble', answer: { status: 500, text: '' }, outcome: { kind: 'redeliver' } },
    ],
    unlike: [409],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: 'POST /2/users/get_current_account',
          answer: { json: { name: { display_name: 'Ann' }, email: 'ann@acme.example' } },
        },
      ],
      answers: { detail: 'Connected as Ann (ann@acme.example).' },
    },
    {
      title: 'a permission that is missing',
      invoke: { operation: 'test' },
      exchanges: [
        { request: 'POST /2/users/get_current_account', answer: { status: 403, json: wrong('access_denied/...') } },
      ],
      fails: { code: 'dropbox.forbidden', says: 'access_denied' },
    },
    {
      title: 'R17: the address is told to the person who sets it in the App Console',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'changes',
        url: 'https://sluice.example.com/hooks/1',
        secret: 's',
        parameters: {},
      },
      exchanges: [],
      answers: { reference: { url: 'https://sluice.example.com/hooks/1' } },
    },
    {
      title: 'R17: the person ends it',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { url: 'https://sluice.example.com/hooks/1' },
      },
      exchanges: [],
    },
    {
      title: 'one that is gone is ended as well',
      invoke: {
        operation: 'webhook.unsubscribe',
        event: 'changes',
        reference: { url: 'https://sluice.example.com/hooks/2' },
      },
      exchanges: [],
    },
  ],
  connectors: {
    'list-folder': {
      endpoint: 'POST /2/files/list_folder[/continue]',
      see: see('files-list_folder'),
      input: { path: '/Orders', recursive: true },
      pages: [
        {
          request: 'POST /2/files/list_folder',
          json: { path: '/Orders', limit: 1_000, recursive: true },
          answer: { entries: [file('a.pdf')], cursor: 'c1', has_more: true },
          cursor: 'c1',
          items: [file('a.pdf')],
        },
        {
          request: 'POST /2/files/list_folder/continue',
          json: { cursor: 'c1' },
          answer: { entries: [file('b.pdf')], cursor: 'c2', has_more: false },
          items: [file('b.pdf'), { cursor: 'c2' }],
        },
      ],
      more: [
        {
          title: 'the uppermost',
          pages: [
            {
              request: 'POST /2/files/list_folder',
              json: { path: '', limit: 1_000 },
              answer: { entries: [], cursor: 'c1', has_more: false },
              items: [{ cursor: 'c1' }],
            },
          ],
        },
        {
          title: 'what changed since',
          input: { since: 'c2' },
          pages: [
            {
              request: 'POST /2/files/list_folder/continue',
              json: { cursor: 'c2' },
              answer: { entries: [{ '.tag': 'deleted', name: 'a.pdf' }], cursor: 'c3', has_more: false },
              items: [{ '.tag': 'deleted', name: 'a.pdf' }, { cursor: 'c3' }],
            },
          ],
        },
        {
          title: 'a cursor that is too old',
          input: { since: 'c0' },
          request: 'POST /2/files/list_folder/continue',
          json: { cursor: 'c0' },
          status: 409,
          answer: wrong('reset/...'),
          fails: 'dropbox.reset: reset',
        },
      ],
      refused: [[{ path: 1 }, '/path must be string']],
    },
    'search-files': {
      endpoint: 'POST /2/files/search[/continue]_v2',
      see: see('files-search_v2'),
      needs: ['query'],
      input: { query: 'door', path: '/Orders', filename_only: true, file_extensions: ['pdf'] },
      pages: [
        {
          request: 'POST /2/files/search_v2',
          json: {
            query: 'door',
            options: { max_results: 100, path: '/Orders', filename_only: true, file_extensions: ['pdf'] },
          },
          answer: {
            matches: [{ metadata: { '.tag': 'metadata', metadata: file('a.pdf') } }],
            cursor: 'c1',
            has_more: true,
          },
          cursor: 'c1',
          items: [file('a.pdf')],
        },
        {
          request: 'POST /2/files/search/continue_v2',
          json: { cursor: 'c1' },
          answer: { matches: [{ metadata: { '.tag': 'metadata', metadata: file('b.pdf') } }], has_more: false },
          items: [file('b.pdf')],
        },
      ],
    },
    'upload-file': {
      endpoint: 'POST /2/files/upload',
      see: see('files-upload'),
      needs: ['path', 'content'],
      input: { path: '/Orders/Kůň.txt', content: 'S8WvxYg=', mode: 'overwrite', mute: true },
      request: `POST ${CONTENT}/2/files/upload`,
      headers: {
        'content-type': 'application/octet-stream',
        'dropbox-api-arg': '{"path":"/Orders/K\\u016f\\u0148.txt","mode":"overwrite","mute":true}',
      },
      text: 'Kůň',
      answer: file('Kůň.txt'),
      refused: [[{ path: '/a', content: '%' }, '/content must match pattern']],
    },
    'download-file': {
      endpoint: 'POST /2/files/download',
      see: see('files-download'),
      needs: ['path'],
      input: { path: 'id:a' },
      request: `POST ${CONTENT}/2/files/download`,
      headers: { 'dropbox-api-arg': '{"path":"id:a"}' },
      answerHeaders: { 'dropbox-api-result': '{"name":"a.txt"}', 'content-type': 'application/octet-stream' },
      answerText: 'Kůň',
      gives: { content: 'S8WvxYg=', size: 5, metadata: { name: 'a.txt' } },
    },
    'get-metadata': {
      endpoint: 'POST /2/files/get_metadata',
      see: see('files-get_metadata'),
      needs: ['path'],
      input: { path: '/Orders/a.pdf', include_deleted: true },
      json: { path: '/Orders/a.pdf', include_deleted: true },
      answer: file('a.pdf'),
    },
    'create-folder': {
      endpoint: 'POST /2/files/create_folder_v2',
      see: see('files-create_folder'),
      needs: ['path'],
      input: { path: '/Objednávky' },
      json: { path: '/Objednávky' },
      from: '/metadata',
      answer: { metadata: folder('Objednávky') },
    },
    'move-file': {
      endpoint: 'POST /2/files/move_v2',
      see: see('files-move'),
      needs: ['from_path', 'to_path'],
      input: { from_path: '/a', to_path: '/b', autorename: true },
      json: { from_path: '/a', to_path: '/b', autorename: true },
      from: '/metadata',
      answer: { metadata: file('b') },
    },
    'copy-file': {
      endpoint: 'POST /2/files/copy_v2',
      see: see('files-copy'),
      needs: ['from_path', 'to_path'],
      input: { from_path: '/a', to_path: '/b' },
      json: { from_path: '/a', to_path: '/b' },
      from: '/metadata',
      answer: { metadata: file('b') },
    },
    'delete-file': {
      endpoint: 'POST /2/files/delete_v2',
      see: see('files-delete'),
      needs: ['path'],
      input: { path: '/a' },
      json: { path: '/a' },
      from: '/metadata',
      answer: { metadata: file('a') },
    },
    'list-revisions': {
      endpoint: 'POST /2/files/list_revisions',
      see: see('files-list_revisions'),
      onePage: true,
      needs: ['path'],
      input: { path: '/a', mode: 'id' },
      from: '/entries',
      pages: [
        {
          request: 'POST /2/files/list_revisions',
          json: { limit: 100, path: '/a', mode: 'id' },
          answer: { is_deleted: false, entries: [file('a')] },
        },
      ],
    },
    'restore-file': {
      endpoint: 'POST /2/files/restore',
      see: see('files-restore'),
      needs: ['path', 'rev'],
      input: { path: '/a', rev: '015f9c2b1' },
      json: { path: '/a', rev: '015f9c2b1' },
      answer: file('a'),
    },
    'get-temporary-link': {
      endpoint: 'POST /2/files/get_temporary_link',
      see: see('files-get_temporary_link'),
      needs: ['path'],
      input: { path: '/a' },
      json: { path: '/a' },
      answer: { link: 'https://uc1.dl.dropboxusercontent.com/x', metadata: file('a') },
    },
    'create-shared-link': {
      endpoint: 'POST /2/sharing/create_shared_link_with_settings',
      see: see('sharing-create_shared_link_with_settings'),
      needs: ['path'],
      input: { path: '/a', settings: { audience: 'public', access: 'viewer' } },
      json: { path: '/a', settings: { audience: 'public', access: 'viewer' } },
      answer: link('1'),
      more: [
        {
          title: 'one that is there',
          input: { path: '/a' },
          json: { path: '/a' },
          status: 409,
          answer: wrong('shared_link_already_exists/metadata/...'),
          fails: 'dropbox.shared_link_already_exists: shared_link_already_exists',
        },
      ],
    },
    'list-shared-links': {
      endpoint: 'POST /2/sharing/list_shared_links',
      see: see('sharing-list_shared_links'),
      from: '/links',
      input: { path: '/a', direct_only: true },
      pages: [
        {
          request: 'POST /2/sharing/list_shared_links',
          json: { path: '/a', direct_only: true },
          answer: { links: [link('1')], has_more: true, cursor: 'c1' },
          cursor: 'c1',
        },
        {
          request: 'POST /2/sharing/list_shared_links',
          json: { path: '/a', direct_only: true, cursor: 'c1' },
          answer: { links: [link('2')], has_more: false },
        },
      ],
    },
    'revoke-shared-link': {
      endpoint: 'POST /2/sharing/revoke_shared_link',
      see: see('sharing-revoke_shared_link'),
      needs: ['url'],
      input: { url: 'https://www.dropbox.com/s/1/a.pdf' },
      json: { url: 'https://www.dropbox.com/s/1/a.pdf' },
      gives: { url: 'https://www.dropbox.com/s/1/a.pdf', revoked: true },
    },
    'add-file-members': {
      endpoint: 'POST /2/sharing/add_file_member',
      see: see('sharing-add_file_member'),
      needs: ['file', 'members'],
      input: { file: 'id:a', members: [{ '.tag': 'email', email: 'ben@acme.example' }], access_level: 'viewer' },
      json: { file: 'id:a', members: [{ '.tag': 'email', email: 'ben@acme.example' }], access_level: 'viewer' },
      answer: [],
      gives: { file: 'id:a', shared: true },
    },
  },
});
