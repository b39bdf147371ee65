// The connectors: one operation of GraphQL each. Members of a message are variables of it.

import { type Common, type Endpoint, type EndpointTable, type JsonSchema, paging, schema } from '@sluice/sdk';

const { flag, integer, list, number, record, text } = schema;

const ISSUE =
  'id identifier title description priority url createdAt updatedAt state { id name type } team { id key } assignee { id name } labels { nodes { id name } }';
const issue = record({ id: text(), identifier: text(), title: text(), url: text() });
const named = record({ id: text(), name: text() });
const id = (of: string) => text(`Id of the ${of}`, { minLength: 1 });
const since = { updatedAfter: text('Only what changed after this ISO time') };

type Variables = Readonly<Record<string, JsonSchema>>;

const operation = (
  description: string,
  query: string,
  variables: Variables,
  needs: readonly string[],
  from: string,
  output: JsonSchema,
): Endpoint => ({
  request: 'POST /graphql',
  description,
  always: { body: { query } },
  wrap: 'variables',
  body: variables,
  needs,
  from: `/data${from}`,
  output,
});

const listOf = (
  what: string,
  query: string,
  variables: Variables,
  needs: readonly string[],
  name: string,
  output: JsonSchema,
): Endpoint => ({
  ...operation(`${what}, one message each`, query, variables, needs, `/${name}/nodes`, output),
  paging: paging.cursor({
    param: 'after',
    from: `/data/${name}/pageInfo/endCursor`,
    more: `/data/${name}/pageInfo/hasNextPage`,
    size: { first: 50 },
    in: 'body',
  }),
});

const PAGE = 'pageInfo { hasNextPage endCursor }';
const fields = {
  title: text('Title', { minLength: 1 }),
  description: text('Description, as Markdown'),
  priority: integer('0 none, 1 urgent, 2 high, 3 medium, 4 low', { minimum: 0, maximum: 4 }),
  stateId: id('state'),
  assigneeId: id('person who shall do it'),
  projectId: id('project'),
  labelIds: list(text(), 'Ids of labels'),
  estimate: integer('Estimate, in points'),
  dueDate: text('Day it is due, as 2026-01-31', { pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
};
const FIELDS =
  'title: $title, description: $description, priority: $priority, stateId: $stateId, assigneeId: $assigneeId, projectId: $projectId, labelIds: $labelIds, estimate: $estimate, dueDate: $dueDate';
const TYPES =
  '$description: String, $priority: Int, $stateId: String, $assigneeId: String, $projectId: String, $labelIds: [String!], $estimate: Int, $dueDate: TimelessDate';

export const common: Common = {};

export const table: EndpointTable = {
  'list-issues': listOf(
    'Issues, of one team or of all',
    `query($first: Int!, $after: String, $teamId: ID, $updatedAfter: DateTimeOrDuration) { issues(first: $first, after: $after, filter: { team: { id: { eq: $teamId } }, updatedAt: { gt: $updatedAfter } }) { nodes { ${ISSUE} } ${PAGE} } }`,
    { teamId: id('team'), ...since },
    [],
    'issues',
    issue,
  ),
  'search-issues': listOf(
    'Issues that have words in them',
    `query($first: Int!, $after: String, $term: String!) { searchIssues(term: $term, first: $first, after: $after) { nodes { ${ISSUE} } ${PAGE} } }`,
    { term: text('Words', { minLength: 1 }) },
    ['term'],
    'searchIssues',
    issue,
  ),
  'get-issue': operation(
    'Read an issue',
    `query($id: String!) { issue(id: $id) { ${ISSUE} } }`,
    { id: id('issue, or its identifier such as ENG-7') },
    ['id'],
    '/issue',
    issue,
  ),
  'create-issue': operation(
    'Make an issue',
    `mutation($teamId: String!, $title: String!, ${TYPES}) { issueCreate(input: { teamId: $teamId, ${FIELDS} }) { issue { ${ISSUE} } } }`,
    { teamId: id('team'), ...fields },
    ['teamId', 'title'],
    '/issueCreate/issue',
    issue,
  ),
  'update-issue': operation(
    'Change an issue; what is not given stays',
    `mutation($id: String!, $title: String, ${TYPES}) { issueUpdate(id: $id, input: { ${FIELDS} }) { issue { ${ISSUE} } } }`,
    { id: id('issue'), ...fields },
    ['id'],
    '/issueUpdate/issue',
    issue,
  ),
  'delete-issue': operation(
    'Put an issue into the trash',
    'mutation($id: String!) { issueDelete(id: $id) { success } }',
    { id: id('issue') },
    ['id'],
    '/issueDelete',
    record({ success: flag() }),
  ),
  'add-comment': operation(
    'Comment on an issue',
    'mutation($issueId: String!, $body: String!) { commentCreate(input: { issueId: $issueId, body: $body }) { comment { id body url } } }',
    { issueId: id('issue'), body: text('Text, as Markdown', { minLength: 1 }) },
    ['issueId', 'body'],
    '/commentCreate/comment',
    record({ id: text(), body: text() }),
  ),
  'list-projects': listOf(
    'Projects',
    `query($first: Int!, $after: String, $updatedAfter: DateTimeOrDuration) { projects(first: $first, after: $after, filter: { updatedAt: { gt: $updatedAfter } }) { nodes { id name description state progress url } ${PAGE} } }`,
    since,
    [],
    'projects',
    record({ id: text(), name: text(), progress: number() }),
  ),
  'list-teams': listOf(
    'Teams',
    `query($first: Int!, $after: String) { teams(first: $first, after: $after) { nodes { id key name } ${PAGE} } }`,
    {},
    [],
    'teams',
    named,
  ),
  'list-states': listOf(
    'States that issues can have, of all teams',
    `query($first: Int!, $after: String) { workflowStates(first: $first, after: $after) { nodes { id name type team { id key } } ${PAGE} } }`,
    {},
    [],
    'workflowStates',
    named,
  ),
  'list-users': listOf(
    'People',
    `query($first: Int!, $after: String) { users(first: $first, after: $after) { nodes { id name email active } ${PAGE} } }`,
    {},
    [],
    'users',
    named,
  ),
};
