// The connectors: projects, issues, merge requests, pipelines, branches and files.

import { type Common, type Endpoint, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, object, record, text } = schema;

const project = { project_id: text('Id or path of the project; default: that of the settings', { minLength: 1 }) };
const iid = (of: string) => integer(`Number of the ${of} in its project`, { minimum: 1 });
const issue_iid = { issue_iid: iid('issue') };
const merge_request_iid = { merge_request_iid: iid('merge request') };
const file_path = { file_path: text('Path of the file', { minLength: 1 }) };
const day = (what: string) => text(what, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const numbered = record({ id: integer(), iid: integer(), title: text(), state: text() });
const note = record({ id: integer(), body: text() });
const branch = record({ name: text() });
const written = record({ file_path: text(), branch: text() });
const pipeline = record({ id: integer(), status: text(), ref: text() });
const ids = (what: string) => list(integer(), what);

export const common: Common = {
  fallback: { project_id: 'settings.project' },
  list: { paging: paging.link({ per_page: 100 }) },
};

const filters = {
  state: choice(['opened', 'closed', 'locked', 'merged', 'all'], 'State; default: all'),
  labels: list(text(), 'Only those with all of these labels'),
  search: text('Words of title or description'),
  updated_after: text('Only what changed after this ISO time'),
  order_by: choice(['created_at', 'updated_at'], 'Order; default: created_at'),
  sort: choice(['asc', 'desc'], 'Direction of the order; default: desc'),
};
const P = '/projects/{project_id}';

const issues = resource({
  one: 'issue',
  path: `${P}/issues`,
  item: `${P}/issues/{issue_iid}`,
  at: { ...project, ...issue_iid },
  filters: {
    ...filters,
    assignee_username: text('Only those of this person'),
    milestone: text('Title of a milestone'),
  },
  fields: {
    title: text('Title', { minLength: 1 }),
    description: text('Description, as Markdown'),
    assignee_ids: ids('Ids of who shall do it'),
    milestone_id: integer('Id of a milestone'),
    labels: text('Labels, with commas between them'),
    due_date: day('Day it is due'),
    confidential: flag('Whether only members see it'),
    weight: integer('Weight', { minimum: 0 }),
    state_event: choice(['close', 'reopen'], 'Close it or open it again; of a change only'),
  },
  needs: ['title'],
  update: 'PUT',
  output: numbered,
});

const mergeRequests = resource({
  one: 'merge-request',
  path: `${P}/merge_requests`,
  item: `${P}/merge_requests/{merge_request_iid}`,
  at: { ...project, ...merge_request_iid },
  verbs: ['list', 'get', 'create', 'update'],
  filters: { ...filters, source_branch: text('Only from this branch'), target_branch: text('Only into this branch') },
  fields: {
    title: text('Title', { minLength: 1 }),
    description: text('Description, as Markdown'),
    source_branch: text('Branch it comes from; of a new one only'),
    target_branch: text('Branch it goes to'),
    assignee_ids: ids('Ids of who shall do it'),
    reviewer_ids: ids('Ids of who shall review it'),
    labels: text('Labels, with commas between them'),
    remove_source_branch: flag('Whether the branch goes when it is merged'),
    squash: flag('Whether its commits become one'),
    state_event: choice(['close', 'reopen'], 'Close it or open it again; of a change only'),
  },
  needs: ['title', 'source_branch', 'target_branch'],
  update: 'PUT',
  output: numbered,
});

const content = {
  branch: text('Branch that the commit goes to', { minLength: 1 }),
  content: text('Content'),
  commit_message: text('Message of the commit', { minLength: 1 }),
  encoding: choice(['text', 'base64'], 'How the content is written; default: text'),
  author_name: text('Name of who wrote it'),
  author_email: text('E-mail address of who wrote it'),
};
const file = (request: Endpoint['request'], description: string): Endpoint => ({
  request,
  description,
  path: { ...project, ...file_path },
  body: content,
  needs: ['branch', 'content', 'commit_message'],
  output: written,
});

export const table: EndpointTable = {
  'list-projects': {
    request: 'GET /projects',
    description: 'Projects, one message each',
    query: {
      membership: flag('Only those that the person is a member of'),
      search: text('Words of the name'),
      archived: flag('Only archived ones, or only others'),
      last_activity_after: text('Only what changed after this ISO time'),
    },
    fallback: {},
    output: record({ id: integer(), name: text(), path_with_namespace: text() }),
  },
  'get-project': {
    request: `GET ${P}`,
    description: 'Read a project',
    path: project,
    output: record({ id: integer(), name: text() }),
  },
  ...issues,
  'list-issue-comments': {
    request: `GET ${P}/issues/{issue_iid}/notes`,
    description: 'Comments on an issue, one message each',
    path: { ...project, ...issue_iid },
    query: { sort: choice(['asc', 'desc'], 'Direction of the order; default: desc') },
    output: note,
  },
  'add-issue-comment': {
    request: `POST ${P}/issues/{issue_iid}/notes`,
    description: 'Comment on an issue',
    path: { ...project, ...issue_iid },
    body: { body: text('Text, as Markdown', { minLength: 1 }), internal: flag('Whether only members see it') },
    needs: ['body'],
    output: note,
  },
  ...mergeRequests,
  'merge-merge-request': {
    request: `PUT ${P}/merge_requests/{merge_request_iid}/merge`,
    description: 'Merge a merge request',
    path: { ...project, ...merge_request_iid },
    body: {
      sha: text('Merge only while this is the last commit'),
      squash: flag('Whether its commits become one'),
      should_remove_source_branch: flag('Whether the branch goes'),
      merge_commit_message: text('Message of the merge'),
    },
    output: numbered,
  },
  'list-pipelines': {
    request: `GET ${P}/pipelines`,
    description: 'Pipelines of a project, one message each',
    path: project,
    query: {
      ref: text('Only of this branch or tag'),
      status: text('Only with this status, such as success'),
      updated_after: text('Only what changed after this ISO time'),
    },
    output: pipeline,
  },
  'run-pipeline': {
    request: `POST ${P}/pipeline`,
    description: 'Run the pipeline of a branch or tag',
    path: project,
    body: {
      ref: text('Branch or tag', { minLength: 1 }),
      variables: list(object({ key: text(), value: text() }, ['key', 'value']), 'Variables'),
    },
    needs: ['ref'],
    output: pipeline,
  },
  'list-branches': {
    request: `GET ${P}/repository/branches`,
    description: 'Branches, one message each',
    path: project,
    query: { search: text('Words of the name') },
    output: branch,
  },
  'create-branch': {
    request: `POST ${P}/repository/branches`,
    description: 'Make a branch',
    path: project,
    body: { branch: text('Name', { minLength: 1 }), ref: text('Branch or commit that it begins at', { minLength: 1 }) },
    needs: ['branch', 'ref'],
    output: branch,
  },
  'get-file': {
    request: `GET ${P}/repository/files/{file_path}`,
    description: 'Read a file; its content is base64',
    path: { ...project, ...file_path },
    query: { ref: text('Branch, tag or commit', { minLength: 1 }) },
    needs: ['ref'],
    output: record({ file_path: text(), content: text(), blob_id: text() }),
  },
  'create-file': file(`POST ${P}/repository/files/{file_path}`, 'Make a file, by a commit'),
  'update-file': file(`PUT ${P}/repository/files/{file_path}`, 'Replace a file, by a commit'),
};
