// Written from Linear's public schema and reference.

import {
  connectionCases,
  endingCases,
  exchangeTable,
  type Row,
  subscribeCase,
  subscriptionsCase,
} from '@sluice/testing/acceptance';

const ISSUE =
  'id identifier title description priority url createdAt updatedAt state { id name type } team { id key } assignee { id name } labels { nodes { id name } }';
const issue = { id: 'i1', identifier: 'ENG-7', title: 'Door 7', url: 'https://linear.app/octo/issue/ENG-7' };
const listed = { id: 'x1', name: 'Doors', progress: 0.5 };
const request = 'POST /graphql';
const hooks = { query: '{ webhooks(first: 250) { nodes { id url resourceTypes } } }' };
const problem = (message: string, code: string, userPresentableMessage: string) => ({
  errors: [{ message, extensions: { code, userPresentableMessage } }],
});

/** An operation: what it is called, its text, variables, and the answer beside which `data` stands. */
const one = (
  name: string,
  query: string,
  variables: object,
  data: object,
  from: string,
  needs: readonly string[],
  more: Partial<Row> = {},
): Row => ({
  endpoint: `POST /graphql#${name}`,
  see: 'https://studio.apollographql.com/public/Linear-API/variant/current/schema/reference',
  request,
  needs,
  input: variables,
  json: { query, variables },
  answer: { data },
  from: `/data${from}`,
  ...more,
});
const two = (name: string, query: string, variables: object, item: object, needs: readonly string[] = []): Row => {
  const page = (pageInfo: object) => ({ data: { [name]: { nodes: [item], pageInfo } } });
  const { json: _, answer: __, ...row } = one(name, query, variables, {}, `/${name}/nodes`, needs);
  return {
    ...row,
    pages: [
      {
        request,
        json: { query, variables: { ...variables, first: 50 } },
        answer: page({ hasNextPage: true, endCursor: 'c2' }),
        cursor: 'c2',
      },
      {
        request,
        json: { query, variables: { ...variables, first: 50, after: 'c2' } },
        answer: page({ hasNextPage: false, endCursor: 'c3' }),
      },
    ],
  };
};
const TYPES =
  '$description: String, $priority: Int, $stateId: String, $assigneeId: String, $projectId: String, $labelIds: [String!], $estimate: Int, $dueDate: TimelessDate';
const FIELDS =
  'title: $title, description: $description, priority: $priority, stateId: $stateId, assigneeId: $assigneeId, projectId: $projectId, labelIds: $labelIds, estimate: $estimate, dueDate: $dueDate';

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.linear.app',
    applications: {
      linear: { token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'linear-token': { settings: { credentials: { key: 'lin_api_1' } }, headers: { authorization: 'lin_api_1' } },
    },
    always: [
      {
        title: 'too many requests, said with 400',
        answer: {
          status: 400,
          headers: { 'x-ratelimit-requests-reset': '1767225630000' },
          json: problem('Rate limit exceeded', 'RATELIMITED', 'Wait'),
        },
        outcome: { kind: 'limit', after: 30, says: 'Rate limit exceeded' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: problem('Internal server error', 'INTERNAL_SERVER_ERROR', 'Try again') },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there, said with 200',
        answer: {
          json: {
            data: null,
            ...problem('Entity not found: Issue', 'INPUT_ERROR', 'Could not find referenced Issue.'),
          },
        },
        outcome: { kind: 'fail', code: 'linear.input_error', says: 'Could not find referenced Issue.' },
      },
      {
        title: 'not allowed, said with 200',
        answer: { json: problem('You do not have access', 'FORBIDDEN', 'Ask an administrator') },
        outcome: { kind: 'fail', code: 'linear.forbidden', says: 'Ask an administrator' },
      },
    ],
  },
  application: [
    ...connectionCases(
      { request, json: { query: '{ viewer { name organization { name } } }' } },
      { data: { viewer: { name: 'Ann', organization: { name: 'Octo' } } } },
      'Connected to Octo as Ann.',
      {
        status: 403,
        answer: problem('Not allowed', 'FORBIDDEN', 'Not allowed'),
        fails: 'linear.forbidden: Not allowed',
      },
    ),
    subscribeCase(
      'Issue',
      { teamId: 't1' },
      {
        request,
        json: {
          query: 'mutation($input: WebhookCreateInput!) { webhookCreate(input: $input) { webhook { id } } }',
          variables: {
            input: {
              url: 'https://sluice.example.com/hooks/1',
              secret: 'whsec',
              resourceTypes: ['Issue'],
              label: 'Sluice',
              teamId: 't1',
            },
          },
        },
      },
      { data: { webhookCreate: { webhook: { id: 'w1' } } } },
      { reference: { webhook: 'w1' } },
    ),
    {
      title: 'R17: it ends',
      invoke: { operation: 'webhook.unsubscribe', event: 'Issue', reference: { webhook: 'w1' } },
      exchanges: [
        {
          request,
          json: hooks,
          answer: { json: { data: { webhooks: { nodes: [{ id: 'w1', url: 'x', resourceTypes: ['Issue'] }] } } } },
        },
        {
          request,
          json: { query: 'mutation($id: String!) { webhookDelete(id: $id) { success } }', variables: { id: 'w1' } },
          answer: { json: { data: { webhookDelete: { success: true } } } },
        },
      ],
    },
    endingCases(
      'Issue',
      { webhook: 'w1' },
      { request, json: hooks },
      { gone: { json: { data: { webhooks: { nodes: [] } } } } },
    )[1]!,
    subscriptionsCase(
      'Issue',
      { request, json: hooks },
      {
        data: {
          webhooks: {
            nodes: [
              { id: 'w1', url: 'https://a.example.com', resourceTypes: ['Issue'] },
              { id: 'w2', url: null, resourceTypes: ['Comment'] },
            ],
          },
        },
      },
      [{ reference: { webhook: 'w1' }, url: 'https://a.example.com' }],
    ),
  ],
  connectors: {
    'list-issues': two(
      'issues',
      `query($first: Int!, $after: String, $teamId: ID, $updatedAfter: DateTimeOrDuration) { issues(first: $first, after: $after, filter: { team: { id: { eq: $teamId } }, updatedAt: { gt: $updatedAfter } }) { nodes { ${ISSUE} } pageInfo { hasNextPage endCursor } } }`,
      { teamId: 't1', updatedAfter: '2026-01-01T00:00:00Z' },
      issue,
    ),
    'search-issues': two(
      'searchIssues',
      `query($first: Int!, $after: String, $term: String!) { searchIssues(term: $term, first: $first, after: $after) { nodes { ${ISSUE} } pageInfo { hasNextPage endCursor } } }`,
      { term: 'dveře' },
      issue,
      ['term'],
    ),
    'get-issue': one(
      'issue',
      `query($id: String!) { issue(id: $id) { ${ISSUE} } }`,
      { id: 'ENG-7' },
      { issue },
      '/issue',
      ['id'],
    ),
    'create-issue': one(
      'issueCreate',
      `mutation($teamId: String!, $title: String!, ${TYPES}) { issueCreate(input: { teamId: $teamId, ${FIELDS} }) { issue { ${ISSUE} } } }`,
      { teamId: 't1', title: 'Dveře 🚪', priority: 2, labelIds: ['l1'] },
      { issueCreate: { issue } },
      '/issueCreate/issue',
      ['teamId', 'title'],
      { refused: [[{ teamId: 't1', title: 'x', dueDate: 'soon' }, '/dueDate must match pattern']] },
    ),
    'update-issue': one(
      'issueUpdate',
      `mutation($id: String!, $title: String, ${TYPES}) { issueUpdate(id: $id, input: { ${FIELDS} }) { issue { ${ISSUE} } } }`,
      { id: 'i1', stateId: 's2' },
      { issueUpdate: { issue } },
      '/issueUpdate/issue',
      ['id'],
    ),
    'delete-issue': one(
      'issueDelete',
      'mutation($id: String!) { issueDelete(id: $id) { success } }',
      { id: 'i1' },
      { issueDelete: { success: true } },
      '/issueDelete',
      ['id'],
    ),
    'add-comment': one(
      'commentCreate',
      'mutation($issueId: String!, $body: String!) { commentCreate(input: { issueId: $issueId, body: $body }) { comment { id body url } } }',
      { issueId: 'i1', body: 'Ahoj' },
      { commentCreate: { comment: { id: 'c1', body: 'Ahoj', url: 'x' } } },
      '/commentCreate/comment',
      ['issueId', 'body'],
    ),
    'list-projects': two(
      'projects',
      'query($first: Int!, $after: String, $updatedAfter: DateTimeOrDuration) { projects(first: $first, after: $after, filter: { updatedAt: { gt: $updatedAfter } }) { nodes { id name description state progress url } pageInfo { hasNextPage endCursor } } }',
      {},
      listed,
    ),
    'list-teams': two(
      'teams',
      'query($first: Int!, $after: String) { teams(first: $first, after: $after) { nodes { id key name } pageInfo { hasNextPage endCursor } } }',
      {},
      listed,
    ),
    'list-states': two(
      'workflowStates',
      'query($first: Int!, $after: String) { workflowStates(first: $first, after: $after) { nodes { id name type team { id key } } pageInfo { hasNextPage endCursor } } }',
      {},
      listed,
    ),
    'list-users': two(
      'users',
      'query($first: Int!, $after: String) { users(first: $first, after: $after) { nodes { id name email active } pageInfo { hasNextPage endCursor } } }',
      {},
      listed,
    ),
  },
});
