// Written from Asana's public reference.

import { exchangeTable } from '@sluice/testing/acceptance';

const API = '/api/1.0';
const see = (page: string) => `https://developers.asana.com/reference/${page}`;
const task = { gid: '7', resource_type: 'task', name: 'Door 7' };
const project = { gid: '5', resource_type: 'project', name: 'Doors' };
const deleted = { data: {} };
const settings = { settings: { workspace: '9' } };
const headers = (token: string) => ({ accept: 'application/json', authorization: `Bearer ${token}` });
/** Two pages as Asana gives them. */
const pages = (request: string, item: object) =>
  [
    [
      request,
      { data: [item], next_page: { offset: 'eyJ0=', path: '/x?offset=eyJ0%3D', uri: 'https://app.asana.com/x' } },
      'eyJ0=',
    ],
    [`${request}&offset=eyJ0%3D`, { data: [item], next_page: null }],
  ] as const;

export const exchanges = exchangeTable({
  from: '/data',
  service: {
    origin: 'https://app.asana.com',
    applications: {
      asana: { settings, token: 'at-1', headers: headers('at-1') },
      'asana-token': { settings: { ...settings, credentials: { token: 'pat-1' } }, headers: headers('pat-1') },
    },
    always: [
      {
        title: 'too many requests',
        answer: {
          status: 429,
          headers: { 'retry-after': '30' },
          json: { errors: [{ message: 'You have made too many requests recently.' }] },
        },
        outcome: { kind: 'limit', after: 30, says: 'too many requests recently' },
      },
      {
        title: 'in trouble',
        answer: { status: 500, json: { errors: [{ message: 'Server Error', phrase: '6 sad squid' }] } },
        outcome: { kind: 'redeliver' },
      },
      {
        title: 'not there',
        answer: {
          status: 404,
          json: { errors: [{ message: 'task: Unknown object: 7', help: 'For more information …' }] },
        },
        outcome: { kind: 'fail', code: 'asana.not_found', says: 'Unknown object: 7' },
      },
      {
        title: 'only for those who pay',
        answer: { status: 402, json: { errors: [{ message: 'Payment Required' }] } },
        outcome: { kind: 'fail', code: 'asana.not_in_plan', says: 'Payment Required' },
      },
    ],
  },
  application: [
    {
      title: 'the connection works',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/users/me`, answer: { json: { data: { gid: '1', name: 'Ann' } } } }],
      answers: { detail: 'Connected as Ann.' },
    },
    {
      title: 'the connection does not work',
      invoke: { operation: 'test' },
      exchanges: [
        { request: `GET ${API}/users/me`, answer: { status: 403, json: { errors: [{ message: 'Forbidden' }] } } },
      ],
      fails: { code: 'asana.forbidden', says: 'Forbidden' },
    },
    {
      title: 'R33: workspaces are offered',
      invoke: { operation: 'choices', form: 'settings', field: 'workspace' },
      exchanges: [
        { request: `GET ${API}/workspaces?limit=100`, answer: { json: { data: [{ gid: '9', name: 'Octo' }] } } },
      ],
      answers: [{ value: '9', label: 'Octo' }],
    },
    {
      title: 'R17: an event of a project is subscribed to, with the secret that Asana makes',
      invoke: {
        operation: 'webhook.subscribe',
        event: 'task.added',
        url: 'https://sluice.example.com/hooks/1',
        secret: 'unused',
        parameters: { resource: '5' },
      },
      exchanges: [
        {
          request: `POST ${API}/webhooks`,
          json: {
            data: {
              resource: '5',
              target: 'https://sluice.example.com/hooks/1',
              filters: [{ resource_type: 'task', action: 'added' }],
            },
          },
          answer: { status: 201, json: { data: { gid: '43', active: true }, 'X-Hook-Secret': 'b537' } },
        },
      ],
      answers: { reference: { webhook: '43' }, secret: 'b537' },
    },
    {
      title: 'R17: it ends',
      invoke: { operation: 'webhook.unsubscribe', event: 'task.added', reference: { webhook: '43' } },
      exchanges: [{ request: `DELETE ${API}/webhooks/43`, answer: { json: deleted } }],
    },
    {
      title: 'R17: one that is gone is fine',
      invoke: { operation: 'webhook.unsubscribe', event: 'task.added', reference: { webhook: '43' } },
      exchanges: [{ request: `DELETE ${API}/webhooks/43`, answer: { status: 404 } }],
    },
    {
      title: 'subscriptions of the event are listed, and no others',
      invoke: { operation: 'webhook.list', event: 'task.added' },
      exchanges: [
        {
          request: `GET ${API}/webhooks?workspace=9&limit=100&opt_fields=target%2Cfilters.resource_type%2Cfilters.action`,
          answer: {
            json: {
              data: [
                { gid: '43', target: 'https://a.example.com', filters: [{ resource_type: 'task', action: 'added' }] },
                { gid: '44', target: 'https://b.example.com', filters: [{ resource_type: 'story', action: 'added' }] },
              ],
            },
          },
        },
      ],
      answers: [{ reference: { webhook: '43' }, url: 'https://a.example.com' }],
    },
  ],
  connectors: {
    'list-tasks': {
      endpoint: `GET ${API}/tasks`,
      see: see('gettasks'),
      input: { project: '5', completed_since: 'now', opt_fields: ['name', 'due_on'] },
      pages: pages(`GET ${API}/tasks?project=5&completed_since=now&opt_fields=name%2Cdue_on&limit=100`, task),
      refused: [[{ project: 'Doors' }, '/project must match pattern']],
    },
    'get-task': {
      endpoint: `GET ${API}/tasks/{task_gid}`,
      see: see('gettask'),
      input: { task_gid: '7' },
      request: `GET ${API}/tasks/7`,
      answer: { data: task },
    },
    'create-task': {
      endpoint: `POST ${API}/tasks`,
      see: see('createtask'),
      needs: ['name'],
      input: { name: 'Dveře 🚪', notes: 'Oak', projects: ['5'], due_on: '2026-01-31', more: 1 },
      json: { data: { name: 'Dveře 🚪', notes: 'Oak', projects: ['5'], due_on: '2026-01-31', workspace: '9' } },
      status: 201,
      answer: { data: task },
      refused: [[{ name: 'x', due_on: 'soon' }, '/due_on must match pattern']],
    },
    'update-task': {
      endpoint: `PUT ${API}/tasks/{task_gid}`,
      see: see('updatetask'),
      input: { task_gid: '7', completed: true },
      request: `PUT ${API}/tasks/7`,
      json: { data: { completed: true } },
      answer: { data: task },
    },
    'delete-task': {
      endpoint: `DELETE ${API}/tasks/{task_gid}`,
      see: see('deletetask'),
      input: { task_gid: '7' },
      request: `DELETE ${API}/tasks/7`,
      answer: deleted,
      gives: { task_gid: '7', deleted: true },
    },
    'list-subtasks': {
      endpoint: `GET ${API}/tasks/{task_gid}/subtasks`,
      see: see('getsubtasksfortask'),
      input: { task_gid: '7' },
      pages: pages(`GET ${API}/tasks/7/subtasks?limit=100`, task),
    },
    'list-comments': {
      endpoint: `GET ${API}/tasks/{task_gid}/stories`,
      see: see('getstoriesfortask'),
      input: { task_gid: '7' },
      pages: pages(`GET ${API}/tasks/7/stories?limit=100`, { gid: '8', type: 'comment', text: 'Ahoj' }),
    },
    'add-comment': {
      endpoint: `POST ${API}/tasks/{task_gid}/stories`,
      see: see('createstoryfortask'),
      input: { task_gid: '7', text: 'Ahoj' },
      request: `POST ${API}/tasks/7/stories`,
      json: { data: { text: 'Ahoj' } },
      status: 201,
      answer: { data: { gid: '8', type: 'comment', text: 'Ahoj' } },
    },
    'list-projects': {
      endpoint: `GET ${API}/projects`,
      see: see('getprojects'),
      input: { archived: false },
      pages: pages(`GET ${API}/projects?archived=false&workspace=9&limit=100`, project),
    },
    'get-project': {
      endpoint: `GET ${API}/projects/{project_gid}`,
      see: see('getproject'),
      input: { project_gid: '5' },
      request: `GET ${API}/projects/5`,
      answer: { data: project },
    },
    'create-project': {
      endpoint: `POST ${API}/projects`,
      see: see('createproject'),
      needs: ['name'],
      input: { name: 'Doors', workspace: '10', default_view: 'board' },
      json: { data: { name: 'Doors', workspace: '10', default_view: 'board' } },
      status: 201,
      answer: { data: project },
    },
    'update-project': {
      endpoint: `PUT ${API}/projects/{project_gid}`,
      see: see('updateproject'),
      input: { project_gid: '5', archived: true },
      request: `PUT ${API}/projects/5`,
      json: { data: { archived: true } },
      answer: { data: project },
    },
    'delete-project': {
      endpoint: `DELETE ${API}/projects/{project_gid}`,
      see: see('deleteproject'),
      input: { project_gid: '5' },
      request: `DELETE ${API}/projects/5`,
      answer: deleted,
      gives: { project_gid: '5', deleted: true },
    },
    'list-sections': {
      endpoint: `GET ${API}/projects/{project_gid}/sections`,
      see: see('getsectionsforproject'),
      input: { project_gid: '5' },
      pages: pages(`GET ${API}/projects/5/sections?limit=100`, { gid: '6', name: 'To do' }),
    },
    'move-task': {
      endpoint: `POST ${API}/sections/{section_gid}/addTask`,
      see: see('addtaskforsection'),
      needs: ['section_gid', 'task'],
      input: { section_gid: '6', task: '7' },
      request: `POST ${API}/sections/6/addTask`,
      json: { data: { task: '7' } },
      answer: deleted,
    },
    'list-users': {
      endpoint: `GET ${API}/users`,
      see: see('getusers'),
      pages: pages(`GET ${API}/users?workspace=9&limit=100`, { gid: '1', name: 'Ann' }),
    },
    'list-workspaces': {
      endpoint: `GET ${API}/workspaces`,
      see: see('getworkspaces'),
      pages: pages(`GET ${API}/workspaces?limit=100`, { gid: '9', name: 'Octo' }),
    },
  },
});
