// The connectors: repositories, pull requests, branches, commits and pipelines.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, object, record, text } = schema;

const workspace = { workspace: text('Workspace; default: that of the settings', { minLength: 1 }) };
const at = { ...workspace, repository: text('Repository; default: that of the settings', { minLength: 1 }) };
const id = { id: integer('Number of the pull request', { minimum: 1 }) };
const one = { ...at, ...id };
const R = '/repositories/{workspace}/{repository}';
const PR = `${R}/pullrequests/{id}` as const;

const pages = (pagelen: number) => paging.address({ from: '/next', size: { pagelen } });
const onBranch = (what: string) =>
  object({ branch: object({ name: text() }, ['name']) }, ['branch'], {
    description: `${what}: \`{"branch": {"name": "main"}}\``,
  });
const pullRequest = record({ id: integer(), title: text(), state: text() });
const hash = record({ hash: text() });

export const common: Common = {
  fallback: { workspace: 'settings.workspace', repository: 'settings.repository' },
  list: { from: '/values', paging: pages(100) },
};

export const table: EndpointTable = {
  'list-repositories': {
    request: 'GET /repositories/{workspace}',
    description: 'Repositories of a workspace, one message each',
    path: workspace,
    query: {
      role: choice(['member', 'contributor', 'admin', 'owner'], 'Only where the person is that'),
      q: text('Condition, as Bitbucket writes it'),
      sort: text('Field that orders, such as -updated_on'),
    },
    fallback: { workspace: 'settings.workspace' },
    output: record({ uuid: text(), full_name: text() }),
  },
  'get-repository': {
    request: `GET ${R}`,
    description: 'Read a repository',
    path: at,
    output: record({ uuid: text(), full_name: text() }),
  },
  ...resource({
    one: 'pull-request',
    path: `${R}/pullrequests`,
    item: PR,
    at: one,
    verbs: ['list', 'get', 'create', 'update'],
    filters: {
      state: choice(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'], 'State; default: OPEN'),
      q: text('Condition, as Bitbucket writes it'),
      sort: text('Field that orders, such as -updated_on'),
    },
    fields: {
      title: text('Title', { minLength: 1 }),
      description: text('Description, as Markdown'),
      source: onBranch('Branch it comes from'),
      destination: onBranch('Branch it goes to; default: the main one'),
      reviewers: list(object({ uuid: text() }, ['uuid']), 'Who shall review it'),
      close_source_branch: flag('Whether the branch goes when it is merged'),
      draft: flag('Whether it is a draft'),
    },
    needs: ['title', 'source'],
    update: 'PUT',
    output: pullRequest,
    but: { list: { paging: pages(50) } },
  }),
  'merge-pull-request': {
    request: `POST ${PR}/merge`,
    description: 'Merge a pull request',
    path: one,
    body: {
      message: text('Message of the merge'),
      merge_strategy: choice(['merge_commit', 'squash', 'fast_forward'], 'How; default: as the repository says'),
      close_source_branch: flag('Whether the branch goes'),
    },
    output: pullRequest,
  },
  'decline-pull-request': {
    request: `POST ${PR}/decline`,
    description: 'Decline a pull request',
    path: one,
    output: pullRequest,
  },
  'approve-pull-request': {
    request: `POST ${PR}/approve`,
    description: 'Approve a pull request',
    path: one,
    output: record({ approved: flag() }),
  },
  'list-comments': {
    request: `GET ${PR}/comments`,
    description: 'Comments on a pull request, one message each',
    path: one,
    output: record({ id: integer() }),
  },
  'add-comment': {
    request: `POST ${PR}/comments`,
    description: 'Comment on a pull request',
    path: one,
    body: { content: object({ raw: text() }, ['raw'], { description: 'Text, as Markdown: `{"raw": "Hello"}`' }) },
    needs: ['content'],
    output: record({ id: integer() }),
  },
  'list-branches': {
    request: `GET ${R}/refs/branches`,
    description: 'Branches, one message each',
    path: at,
    query: { q: text('Condition, as Bitbucket writes it') },
    output: record({ name: text() }),
  },
  'create-branch': {
    request: `POST ${R}/refs/branches`,
    description: 'Make a branch',
    path: at,
    body: {
      name: text('Name', { minLength: 1 }),
      target: object({ hash: text() }, ['hash'], { description: 'Commit that it begins at: `{"hash": …}`' }),
    },
    needs: ['name', 'target'],
    output: record({ name: text() }),
  },
  'list-commits': {
    request: `GET ${R}/commits`,
    description: 'Commits, one message each, the newest first',
    path: at,
    query: { include: text('Only of this branch or commit'), exclude: text('Not of this one') },
    output: hash,
  },
  'run-pipeline': {
    request: `POST ${R}/pipelines/`,
    description: 'Run a pipeline',
    path: at,
    body: {
      target: object({ type: text(), ref_type: text(), ref_name: text() }, ['type'], {
        description: 'Of what: `{"type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main"}`',
      }),
      variables: list(object({ key: text(), value: text(), secured: flag() }, ['key']), 'Variables'),
    },
    needs: ['target'],
    output: record({ uuid: text(), build_number: integer() }),
  },
};
