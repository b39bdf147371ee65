// Written from the public reference of Bitbucket Cloud, version 2.0.

import {
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const see = (group: string, at: string) =>
  `https://developer.atlassian.com/cloud/bitbucket/rest/api-group-${group}/#api-repositories-workspace-repo-slug-${at}`;
const R = '/2.0/repositories/{workspace}/{repository}';
const HERE = '/2.0/repositories/octo/doors';
const settings = { settings: { workspace: 'octo', repository: 'doors' } };
const pull = { type: 'pullrequest', id: 7, title: 'Oak', state: 'OPEN' };
const repository = { uuid: '{1}', full_name: 'octo/doors' };

/** @param at  method and rest of the path, as described and as asked */
const one = (
  described: string,
  asked: string,
  group: string,
  anchor: string,
  input: object,
  answer: unknown,
  more: Partial<Row> = {},
): Row => {
  const [method, rest = ''] = described.split(' ');
  return {
    endpoint: `${method} ${R}${rest}`,
    see: see(group, anchor),
    request: `${method} ${HERE}${asked}`,
    needs: [],
    input,
    answer,
    ...more,
  };
};
const many = (
  described: string,
  asked: string,
  group: string,
  anchor: string,
  input: object,
  item: object,
  more: Partial<Row> = {},
  pagelen = 100,
): Row => {
  const { answer: _, request, ...row } = one(`GET ${described}`, asked, group, anchor, input, null, more);
  const [path] = request!.split('?');
  return {
    ...row,
    pages: [
      [
        `${request}${asked.includes('?') ? '&' : '?'}pagelen=${pagelen}`,
        { pagelen, values: [item], next: `https://api.bitbucket.org/x?ctx=a%2Bb&page=2` },
        'ctx=a%2Bb&page=2',
      ],
      [`${path}?ctx=a%2Bb&page=2`, { pagelen, values: [item] }],
    ],
  };
};

export const exchanges = exchangeTable({
  itemsFrom: '/values',
  service: {
    origin: 'https://api.bitbucket.org',
    headers: { accept: 'application/json' },
    applications: {
      bitbucket: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'bitbucket-token': {
        settings: { ...settings, credentials: { token: 'ATCTT1' } },
        headers: { authorization: 'Bearer ATCTT1' },
      },
    },
    always: [
      {
        title: 'too many requests, of which Bitbucket does not say how long',
        answer: {
          status: 429,
          json: { type: 'error', error: { message: 'Rate limit for this resource has been exceeded' } },
        },
        outcome: { kind: 'limit', after: 60, says: 'has been exceeded' },
      },
      { title: 'in trouble', answer: { status: 503, text: '<html></html>' }, outcome: { kind: 'redeliver' } },
      {
        title: 'not there',
        answer: {
          status: 404,
          json: { type: 'error', error: { message: 'Repository octo/doors not found', detail: 'Look at its name' } },
        },
        outcome: {
          kind: 'fail',
          code: 'bitbucket.not_found',
          says: 'Repository octo/doors not found; Look at its name',
        },
      },
      {
        title: 'a scope is missing',
        answer: {
          status: 403,
          json: { type: 'error', error: { message: 'Your credentials lack one or more required privilege scopes.' } },
        },
        outcome: { kind: 'fail', code: 'bitbucket.forbidden', says: 'privilege scopes' },
      },
    ],
  },
  application: [
    ...connectionCases(
      'GET /2.0/repositories/octo?pagelen=1',
      { values: [repository] },
      'Connected: octo/doors can be seen.',
      {
        status: 404,
        answer: { type: 'error', error: { message: 'No workspace with identifier octo.' } },
        fails: 'bitbucket.not_found: No workspace',
      },
    ),
    subscribeCase(
      'repo:push',
      {},
      {
        request: `POST ${HERE}/hooks`,
        json: {
          description: 'Sluice: Commits are pushed',
          url: 'https://sluice.example.com/hooks/1',
          secret: 'whsec',
          active: true,
          events: ['repo:push'],
        },
      },
      { uuid: '{w-1}' },
      { reference: { webhook: '{w-1}' } },
    ),
    ...endingCases('repo:push', { webhook: '{w-1}' }, `DELETE ${HERE}/hooks/%7Bw-1%7D`),
    subscriptionsCase(
      'repo:push',
      `GET ${HERE}/hooks?pagelen=100`,
      {
        values: [
          { uuid: '{w-1}', url: 'https://a.example.com', events: ['repo:push'] },
          { uuid: '{w-2}', url: 'https://b.example.com', events: ['repo:fork'] },
        ],
      },
      [{ reference: { webhook: '{w-1}' }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    'list-repositories': {
      endpoint: 'GET /2.0/repositories/{workspace}',
      see: 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/#api-repositories-workspace-get',
      needs: [],
      input: { role: 'member' },
      pages: [
        [
          'GET /2.0/repositories/octo?role=member&pagelen=100',
          { values: [repository], next: 'https://api.bitbucket.org/2.0/repositories/octo?role=member&page=2' },
          'role=member&page=2',
        ],
        ['GET /2.0/repositories/octo?role=member&page=2', { values: [repository] }],
      ],
      refused: [[{ role: 'king' }, '/role must be equal to one of']],
    },
    'get-repository': one('GET', '', 'repositories', 'get', {}, repository),
    'list-pull-requests': many(
      '/pullrequests',
      '/pullrequests?state=MERGED',
      'pullrequests',
      'pullrequests-get',
      { state: 'MERGED' },
      pull,
      {},
      50,
    ),
    'get-pull-request': one(
      'GET /pullrequests/{id}',
      '/pullrequests/7',
      'pullrequests',
      'pullrequests-pull-request-id-get',
      { id: 7 },
      pull,
      { needs: ['id'] },
    ),
    'create-pull-request': one(
      'POST /pullrequests',
      '/pullrequests',
      'pullrequests',
      'pullrequests-post',
      { title: 'Dveře 🚪', source: { branch: { name: 'oak' } }, more: 1 },
      pull,
      {
        needs: ['title', 'source'],
        json: { title: 'Dveře 🚪', source: { branch: { name: 'oak' } } },
        status: 201,
      },
    ),
    'update-pull-request': one(
      'PUT /pullrequests/{id}',
      '/pullrequests/7',
      'pullrequests',
      'pullrequests-pull-request-id-put',
      { id: 7, draft: false },
      pull,
      { needs: ['id'], json: { draft: false } },
    ),
    'merge-pull-request': one(
      'POST /pullrequests/{id}/merge',
      '/pullrequests/7/merge',
      'pullrequests',
      'pullrequests-pull-request-id-merge-post',
      { id: 7, merge_strategy: 'squash' },
      { ...pull, state: 'MERGED' },
      {
        needs: ['id'],
        json: { merge_strategy: 'squash' },
      },
    ),
    'decline-pull-request': one(
      'POST /pullrequests/{id}/decline',
      '/pullrequests/7/decline',
      'pullrequests',
      'pullrequests-pull-request-id-decline-post',
      { id: 7 },
      { ...pull, state: 'DECLINED' },
      { needs: ['id'] },
    ),
    'approve-pull-request': one(
      'POST /pullrequests/{id}/approve',
      '/pullrequests/7/approve',
      'pullrequests',
      'pullrequests-pull-request-id-approve-post',
      { id: 7 },
      { approved: true },
      { needs: ['id'] },
    ),
    'list-comments': many(
      '/pullrequests/{id}/comments',
      '/pullrequests/7/comments',
      'pullrequests',
      'pullrequests-pull-request-id-comments-get',
      { id: 7 },
      { id: 5, content: { raw: 'Ahoj' } },
      { needs: ['id'] },
    ),
    'add-comment': one(
      'POST /pullrequests/{id}/comments',
      '/pullrequests/7/comments',
      'pullrequests',
      'pullrequests-pull-request-id-comments-post',
      { id: 7, content: { raw: 'Ahoj' } },
      { id: 5 },
      {
        needs: ['id', 'content'],
        json: { content: { raw: 'Ahoj' } },
        status: 201,
      },
    ),
    'list-branches': many('/refs/branches', '/refs/branches', 'refs', 'refs-branches-get', {}, { name: 'main' }),
    'create-branch': one(
      'POST /refs/branches',
      '/refs/branches',
      'refs',
      'refs-branches-post',
      { name: 'oak', target: { hash: 'e8' } },
      { name: 'oak' },
      { needs: ['name', 'target'], json: { name: 'oak', target: { hash: 'e8' } }, status: 201 },
    ),
    'list-commits': many(
      '/commits',
      '/commits?include=main',
      'commits',
      'commits-get',
      { include: 'main' },
      { hash: 'e8' },
    ),
    'run-pipeline': one(
      'POST /pipelines/',
      '/pipelines/',
      'pipelines',
      'pipelines-post',
      { target: { type: 'pipeline_ref_target', ref_type: 'branch', ref_name: 'main' } },
      { uuid: '{p}', build_number: 1 },
      {
        needs: ['target'],
        json: { target: { type: 'pipeline_ref_target', ref_type: 'branch', ref_name: 'main' } },
        status: 201,
      },
    ),
  },
});
