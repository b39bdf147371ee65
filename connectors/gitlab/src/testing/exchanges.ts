// Written from GitLab's public reference, version 4.

import {
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const P = '/api/v4/projects/{project_id}';
const see = (page: string) => `https://docs.gitlab.com/api/${page}`;
/** `doors/front` of the settings. */
const at = (rest: string) => `/api/v4/projects/doors%2Ffront${rest}`;
const issue = { id: 76, iid: 7, title: 'Door 7', state: 'opened' };
const note = { id: 302, body: 'Ahoj' };
const branch = { name: 'main' };
const written = { file_path: 'docs/a b.md', branch: 'main' };
const pipeline = { id: 46, status: 'pending', ref: 'main' };
const pages = (request: string, item: object): Row['pages'] => {
  const [size, host] = [`${request.includes('?') ? '&' : '?'}per_page=100`, 'https://gitlab.com'];
  const next = new URLSearchParams({
    ...Object.fromEntries(new URL(request.split(' ')[1]!, host).searchParams),
    page: '2',
    per_page: '100',
  });
  return [
    {
      request: `${request}${size}`,
      answer: [item],
      headers: { link: `<${host}/x?${next}>; rel="next", <${host}/x?page=9>; rel="last"` },
      cursor: next.toString(),
    },
    { request: `${request.split('?')[0]}?${next}`, answer: [item] },
  ];
};
const one = (
  endpoint: string,
  page: string,
  request: string,
  input: object,
  answer: unknown,
  more: Partial<Row> = {},
): Row => ({
  endpoint: `${endpoint.split(' ')[0]} ${P}${endpoint.split(' ')[1] ?? ''}`,
  see: see(page),
  request: `${endpoint.split(' ')[0]} ${at(request)}`,
  needs: [],
  input,
  answer,
  ...more,
});
const many = (
  endpoint: string,
  page: string,
  request: string,
  input: object,
  item: object,
  more: Partial<Row> = {},
): Row => {
  const { answer: _, request: __, ...row } = one(`GET ${endpoint}`, page, request, input, null, more);
  return { ...row, pages: pages(`GET ${at(request)}`, item)! };
};
const settings = { settings: { project: 'doors/front' } };

export const exchanges = exchangeTable({
  service: {
    origin: 'https://gitlab.com',
    headers: { accept: 'application/json' },
    applications: {
      gitlab: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'gitlab-token': {
        settings: { settings: { project: 'doors/front', host: 'git.example.com' }, credentials: { key: 'glpat-1' } },
        origin: 'https://git.example.com',
        headers: { 'private-token': 'glpat-1' },
      },
    },
    always: [
      {
        title: 'too many requests',
        answer: { status: 429, headers: { 'retry-after': '30', 'ratelimit-reset': '1767225690' }, text: 'Retry later' },
        outcome: { kind: 'limit', after: 30, says: 'Retry later' },
      },
      {
        title: 'in trouble',
        answer: { status: 502, text: '<html>GitLab is not responding</html>' },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there',
        answer: { status: 404, json: { message: '404 Project Not Found' } },
        outcome: { kind: 'fail', code: 'gitlab.not_found', says: '404 Project Not Found' },
      },
      {
        title: 'not as GitLab wants it',
        answer: { status: 400, json: { message: { title: ['is too long', 'is odd'] } } },
        outcome: { kind: 'fail', code: 'gitlab.invalid', says: 'title: is too long, is odd' },
      },
      {
        title: 'a scope is missing',
        answer: {
          status: 403,
          json: { error: 'insufficient_scope', error_description: 'The request requires higher privileges' },
        },
        outcome: {
          kind: 'fail',
          code: 'gitlab.forbidden',
          says: 'insufficient_scope; The request requires higher privileges',
        },
      },
    ],
  },
  application: [
    ...connectionCases('GET /api/v4/user', { id: 1, username: 'ann' }, 'Connected as ann.', {
      status: 403,
      answer: { message: '403 Forbidden' },
      fails: 'gitlab.forbidden: 403 Forbidden',
    }),
    subscribeCase(
      'issues',
      {},
      {
        request: `POST ${at('/hooks')}`,
        json: {
          url: 'https://sluice.example.com/hooks/1',
          token: 'whsec',
          push_events: false,
          issues_events: true,
          enable_ssl_verification: true,
        },
      },
      { id: 43 },
      { reference: { webhook: 43 } },
    ),
    ...endingCases('issues', { webhook: 43 }, `DELETE ${at('/hooks/43')}`),
    subscriptionsCase(
      'issues',
      `GET ${at('/hooks?per_page=100')}`,
      [
        { id: 43, url: 'https://a.example.com', issues_events: true },
        { id: 44, url: 'https://b.example.com', issues_events: false },
      ],
      [{ reference: { webhook: 43 }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    'list-projects': {
      endpoint: 'GET /api/v4/projects',
      see: see('projects/#list-all-projects'),
      input: { membership: true },
      pages: pages('GET /api/v4/projects?membership=true', {
        id: 5,
        name: 'Front',
        path_with_namespace: 'doors/front',
      })!,
    },
    'get-project': {
      ...one(
        'GET',
        'projects/#get-a-single-project',
        '',
        { project_id: '5' },
        { id: 5, name: 'Front' },
        { request: 'GET /api/v4/projects/5' },
      ),
      refused: [[{ project_id: 5 }, '/project_id must be string']],
    },
    'list-issues': many(
      '/issues',
      'issues/#list-project-issues',
      '/issues?state=opened&labels=oak%2Cash',
      { state: 'opened', labels: ['oak', 'ash'] },
      issue,
    ),
    'get-issue': one('GET /issues/{issue_iid}', 'issues/#single-project-issue', '/issues/7', { issue_iid: 7 }, issue, {
      needs: ['issue_iid'],
    }),
    'create-issue': one(
      'POST /issues',
      'issues/#new-issue',
      '/issues',
      { title: 'Dveře 🚪', labels: 'oak,ash', more: 1 },
      issue,
      {
        needs: ['title'],
        json: { title: 'Dveře 🚪', labels: 'oak,ash' },
        status: 201,
        refused: [[{ title: 'x', due_date: 'soon' }, '/due_date must match pattern']],
      },
    ),
    'update-issue': one(
      'PUT /issues/{issue_iid}',
      'issues/#edit-an-issue',
      '/issues/7',
      { issue_iid: 7, state_event: 'close' },
      issue,
      { needs: ['issue_iid'], json: { state_event: 'close' } },
    ),
    'delete-issue': one(
      'DELETE /issues/{issue_iid}',
      'issues/#delete-an-issue',
      '/issues/7',
      { issue_iid: 7 },
      undefined,
      { needs: ['issue_iid'], status: 204, gives: { issue_iid: 7, deleted: true } },
    ),
    'list-issue-comments': many(
      '/issues/{issue_iid}/notes',
      'notes/#list-project-issue-notes',
      '/issues/7/notes?sort=asc',
      { issue_iid: 7, sort: 'asc' },
      note,
      { needs: ['issue_iid'] },
    ),
    'add-issue-comment': one(
      'POST /issues/{issue_iid}/notes',
      'notes/#create-new-issue-note',
      '/issues/7/notes',
      { issue_iid: 7, body: 'Ahoj' },
      note,
      { needs: ['issue_iid', 'body'], json: { body: 'Ahoj' }, status: 201 },
    ),
    'list-merge-requests': many(
      '/merge_requests',
      'merge_requests/#list-project-merge-requests',
      '/merge_requests?state=merged&target_branch=main',
      { state: 'merged', target_branch: 'main' },
      issue,
    ),
    'get-merge-request': one(
      'GET /merge_requests/{merge_request_iid}',
      'merge_requests/#get-single-mr',
      '/merge_requests/7',
      { merge_request_iid: 7 },
      issue,
      { needs: ['merge_request_iid'] },
    ),
    'create-merge-request': one(
      'POST /merge_requests',
      'merge_requests/#create-mr',
      '/merge_requests',
      { title: 'Oak', source_branch: 'oak', target_branch: 'main' },
      issue,
      {
        needs: ['title', 'source_branch', 'target_branch'],
        json: { title: 'Oak', source_branch: 'oak', target_branch: 'main' },
        status: 201,
      },
    ),
    'update-merge-request': one(
      'PUT /merge_requests/{merge_request_iid}',
      'merge_requests/#update-mr',
      '/merge_requests/7',
      { merge_request_iid: 7, squash: true },
      issue,
      { needs: ['merge_request_iid'], json: { squash: true } },
    ),
    'merge-merge-request': one(
      'PUT /merge_requests/{merge_request_iid}/merge',
      'merge_requests/#merge-a-merge-request',
      '/merge_requests/7/merge',
      { merge_request_iid: 7, sha: 'e8' },
      { ...issue, state: 'merged' },
      {
        needs: ['merge_request_iid'],
        json: { sha: 'e8' },
      },
    ),
    'list-pipelines': many(
      '/pipelines',
      'pipelines/#list-project-pipelines',
      '/pipelines?ref=main',
      { ref: 'main' },
      pipeline,
    ),
    'run-pipeline': one(
      'POST /pipeline',
      'pipelines/#create-a-new-pipeline',
      '/pipeline',
      { ref: 'main', variables: [{ key: 'A', value: '1' }] },
      pipeline,
      {
        needs: ['ref'],
        json: { ref: 'main', variables: [{ key: 'A', value: '1' }] },
        status: 201,
      },
    ),
    'list-branches': many(
      '/repository/branches',
      'branches/#list-repository-branches',
      '/repository/branches',
      {},
      branch,
    ),
    'create-branch': one(
      'POST /repository/branches',
      'branches/#create-repository-branch',
      '/repository/branches',
      { branch: 'oak', ref: 'main' },
      branch,
      { needs: ['branch', 'ref'], json: { branch: 'oak', ref: 'main' }, status: 201 },
    ),
    'get-file': one(
      'GET /repository/files/{file_path}',
      'repository_files/#get-file-from-repository',
      '/repository/files/docs%2Fa%20b.md?ref=main',
      { file_path: 'docs/a b.md', ref: 'main' },
      { ...written, content: 'IyBB', blob_id: '79f7' },
      {
        needs: ['file_path', 'ref'],
      },
    ),
    'create-file': one(
      'POST /repository/files/{file_path}',
      'repository_files/#create-new-file-in-repository',
      '/repository/files/docs%2Fa%20b.md',
      { file_path: 'docs/a b.md', branch: 'main', content: '# A', commit_message: 'A' },
      written,
      {
        needs: ['file_path', 'branch', 'content', 'commit_message'],
        json: { branch: 'main', content: '# A', commit_message: 'A' },
        status: 201,
      },
    ),
    'update-file': one(
      'PUT /repository/files/{file_path}',
      'repository_files/#update-existing-file-in-repository',
      '/repository/files/docs%2Fa%20b.md',
      { file_path: 'docs/a b.md', branch: 'main', content: 'IyBC', encoding: 'base64', commit_message: 'B' },
      written,
      {
        needs: ['file_path', 'branch', 'content', 'commit_message'],
        json: { branch: 'main', content: 'IyBC', encoding: 'base64', commit_message: 'B' },
      },
    ),
  },
});
