// Written from ClickUp's public reference, version 2.

import { exchangeTable } from '@sluice/testing/acceptance';

const API = '/api/v2';
const see = (page: string) => `https://developer.clickup.com/reference/${page}`;
const task = { id: '9hz', name: 'Door 7', status: { status: 'to do' } };
const listed = { id: '124', name: 'Doors' };
const settings = { settings: { team: '9' } };
const comment = (n: number) => ({ id: String(n), comment_text: 'Ahoj', date: String(1767225600000 - n) });
const all = (name: string, request: string) => ({
  onePage: true,
  pages: [[`GET ${API}${request}`, { [name]: [listed] }] as const],
  from: `/${name}`,
});

export const exchanges = exchangeTable({
  service: {
    origin: 'https://api.clickup.com',
    applications: {
      clickup: { settings, token: 'at-1', headers: { authorization: 'Bearer at-1' } },
      'clickup-token': { settings: { ...settings, credentials: { key: 'pk_1' } }, headers: { authorization: 'pk_1' } },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'x-ratelimit-reset': '1767225630' },
          json: { err: 'Rate limit reached', ECODE: 'APP_002' },
        },
        outcome: { kind: 'limit', after: 30, says: 'Rate limit reached; APP_002' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: { err: 'Internal Server Error' } },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not of this workspace',
        answer: { status: 401, json: { err: 'Team not authorized', ECODE: 'OAUTH_027' } },
        outcome: { kind: 'fail', code: 'clickup.bad_credentials', says: 'Team not authorized; OAUTH_027' },
      },
    ],
  },
  application: [
    {
      title: 'the connection works',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/user`, answer: { json: { user: { id: 1, username: 'Ann' } } } }],
      answers: { detail: 'Connected as Ann.' },
    },
    {
      title: 'the connection does not work',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/user`, answer: { status: 403, json: { err: 'No access' } } }],
      fails: { code: 'clickup.forbidden', says: 'No access' },
    },
    {
      title: 'R33: workspaces are offered',
      invoke: { operation: 'choices', form: 'settings', field: 'team' },
      exchanges: [{ request: `GET ${API}/team`, answer: { json: { teams: [{ id: '9', name: 'Octo' }] } } }],
      answers: [{ value: '9', label: 'Octo' }],
    },
    {
      title: 'R17: an event of a list is subscribed to, with the secret that ClickUp makes',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'taskCreated',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'unused',
        parameters: { list_id: '124' },
      },
      exchanges: [
        {
          request: `POST ${API}/team/9/webhook`,
          json: { endpoint: 'https://sluice.example.com/hooks/1', events: ['taskCreated'], list_id: '124' },
          answer: { json: { id: 'w1', webhook: { id: 'w1', endpoint: 'x', events: ['taskCreated'], secret: 'S1' } } },
        },
      ],
      answers: { reference: { webhook: 'w1' }, secret: 'S1' },
    },
    {
      title: 'R17: it ends',
      invoke: { operation: 'webhook.unsubscribe', event: 'taskCreated', reference: { webhook: 'w1' } },
      exchanges: [{ request: `DELETE ${API}/webhook/w1`, answer: { json: {} } }],
    },
    {
      title: 'R17: one that is gone is fine',
      invoke: { operation: 'webhook.unsubscribe', event: 'taskCreated', reference: { webhook: 'w1' } },
      exchanges: [{ request: `DELETE ${API}/webhook/w1`, answer: { status: 404, json: { err: 'Webhook not found' } } }],
    },
    {
      title: 'subscriptions of the event are listed, and no others',
      invoke: { operation: 'webhook.list', event: 'taskCreated' },
      exchanges: [
        {
          request: `GET ${API}/team/9/webhook`,
          answer: {
            json: {
              webhooks: [
                { id: 'w1', endpoint: 'https://a.example.com', events: ['taskCreated'] },
                { id: 'w2', endpoint: 'https://b.example.com', events: ['taskDeleted'] },
              ],
            },
          },
        },
      ],
      answers: [{ reference: { webhook: 'w1' }, url: 'https://a.example.com' }],
    },
  ],
  connectors: {
    'list-tasks': {
      endpoint: `GET ${API}/list/{list_id}/task`,
      see: see('gettasks'),
      input: { list_id: '124', include_closed: true, date_updated_gt: 1 },
      from: '/tasks',
      pages: [
        [
          `GET ${API}/list/124/task?include_closed=true&date_updated_gt=1&page=0`,
          { tasks: [task], last_page: false },
          '1',
        ],
        [`GET ${API}/list/124/task?include_closed=true&date_updated_gt=1&page=1`, { tasks: [task], last_page: true }],
      ],
    },
    'get-task': {
      endpoint: `GET ${API}/task/{task_id}`,
      see: see('gettask'),
      input: { task_id: '9hz' },
      request: `GET ${API}/task/9hz`,
      answer: task,
    },
    'create-task': {
      endpoint: `POST ${API}/list/{list_id}/task`,
      see: see('createtask'),
      needs: ['list_id', 'name'],
      input: { list_id: '124', name: 'Dveře 🚪', priority: 2, assignees: [1], tags: ['oak'] },
      request: `POST ${API}/list/124/task`,
      json: { name: 'Dveře 🚪', priority: 2, assignees: [1], tags: ['oak'] },
      answer: task,
      refused: [[{ list_id: '124', name: 'x', priority: 9 }, '/priority must be <= 4']],
    },
    'update-task': {
      endpoint: `PUT ${API}/task/{task_id}`,
      see: see('updatetask'),
      input: { task_id: '9hz', status: 'done' },
      request: `PUT ${API}/task/9hz`,
      json: { status: 'done' },
      answer: task,
    },
    'delete-task': {
      endpoint: `DELETE ${API}/task/{task_id}`,
      see: see('deletetask'),
      input: { task_id: '9hz' },
      request: `DELETE ${API}/task/9hz`,
      status: 204,
      gives: { task_id: '9hz', deleted: true },
    },
    'list-comments': {
      endpoint: `GET ${API}/task/{task_id}/comment`,
      see: see('gettaskcomments'),
      input: { task_id: '9hz' },
      from: '/comments',
      pages: [
        [
          `GET ${API}/task/9hz/comment`,
          { comments: Array.from({ length: 25 }, (_, n) => comment(n)) },
          '1767225599976/24',
        ],
        [`GET ${API}/task/9hz/comment?start=1767225599976&start_id=24`, { comments: [comment(25)] }],
      ],
    },
    'add-comment': {
      endpoint: `POST ${API}/task/{task_id}/comment`,
      see: see('createtaskcomment'),
      needs: ['task_id', 'comment_text'],
      input: { task_id: '9hz', comment_text: 'Ahoj', notify_all: false },
      request: `POST ${API}/task/9hz/comment`,
      json: { comment_text: 'Ahoj', notify_all: false },
      answer: { id: 458, hist_id: '26508', date: 1568036964079 },
    },
    'add-tag': {
      endpoint: `POST ${API}/task/{task_id}/tag/{tag_name}`,
      see: see('addtagtotask'),
      input: { task_id: '9hz', tag_name: 'oak & ash' },
      request: `POST ${API}/task/9hz/tag/oak%20%26%20ash`,
      answer: {},
      gives: { task_id: '9hz', tag_name: 'oak & ash' },
    },
    'list-lists': {
      endpoint: `GET ${API}/folder/{folder_id}/list`,
      see: see('getlists'),
      input: { folder_id: '45' },
      ...all('lists', '/folder/45/list'),
    },
    'create-list': {
      endpoint: `POST ${API}/folder/{folder_id}/list`,
      see: see('createlist'),
      needs: ['folder_id', 'name'],
      input: { folder_id: '45', name: 'Doors' },
      request: `POST ${API}/folder/45/list`,
      json: { name: 'Doors' },
      answer: listed,
    },
    'list-free-lists': {
      endpoint: `GET ${API}/space/{space_id}/list`,
      see: see('getfolderlesslists'),
      input: { space_id: '7' },
      ...all('lists', '/space/7/list'),
    },
    'list-folders': {
      endpoint: `GET ${API}/space/{space_id}/folder`,
      see: see('getfolders'),
      input: { space_id: '7', archived: true },
      ...all('folders', '/space/7/folder?archived=true'),
    },
    'list-spaces': {
      endpoint: `GET ${API}/team/{team_id}/space`,
      see: see('getspaces'),
      needs: [],
      ...all('spaces', '/team/9/space'),
    },
    'list-teams': { endpoint: `GET ${API}/team`, see: see('getauthorizedteams'), ...all('teams', '/team') },
  },
});
