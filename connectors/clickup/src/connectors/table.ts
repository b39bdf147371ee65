// The connectors: tasks and their comments, and the lists, folders and spaces that they are in.

import { type Common, type EndpointTable, type Paging, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, number, object, record, text } = schema;

const id = (of: string) => text(`Id of the ${of}`, { minLength: 1 });
const millis = (what: string) => integer(`${what}, in milliseconds since 1970`);
const task_id = { task_id: id('task') };
const team = { team_id: id('workspace; default: that of the settings') };
const ofSettings = { team_id: 'settings.team' } as const;
const named = record({ id: text(), name: text() });

export const common: Common = {};

/** Twenty-five at once, the newest first; a page begins after the last comment of the one before. */
const comments: Paging = {
  ask: (cursor): Record<string, string> => {
    const [start, start_id] = cursor?.split('/') ?? [];
    return start && start_id ? { start, start_id } : {};
  },
  next({ items }) {
    const { date, id: last } = (items.at(-1) ?? {}) as { date?: string; id?: string };
    return items.length >= 25 ? `${date}/${last}` : undefined;
  },
};

const tasks = resource({
  one: 'task',
  path: '/list/{list_id}/task',
  item: '/task/{task_id}',
  at: { list_id: id('list'), ...task_id },
  filters: {
    archived: flag('Only archived ones'),
    include_closed: flag('Closed ones as well'),
    subtasks: flag('Those that are part of others as well'),
    order_by: choice(['id', 'created', 'updated', 'due_date'], 'Order; default: created'),
    reverse: flag('The other way round'),
    date_updated_gt: millis('Only what changed after this time'),
    date_created_gt: millis('Only what was made after this time'),
  },
  fields: {
    name: text('Name', { minLength: 1 }),
    description: text('Description'),
    markdown_description: text('Description, as Markdown'),
    status: text('Status, one of those of the list'),
    priority: integer('1 urgent, 2 high, 3 normal, 4 low', { minimum: 1, maximum: 4 }),
    due_date: millis('When it is due'),
    due_date_time: flag('Whether the time of day counts'),
    start_date: millis('When it begins'),
    time_estimate: integer('Estimate, in milliseconds'),
    parent: text('Id of the task it is part of'),
    assignees: list(integer(), 'Ids of who shall do it; of a new task only'),
    tags: list(text(), 'Names of tags; of a new task only'),
    custom_fields: list(object({ id: text(), value: {} }, ['id']), 'Values of custom fields; of a new task only'),
    archived: flag('Whether it is archived; of a change only'),
  },
  needs: ['name'],
  update: 'PUT',
  output: named,
  but: { list: { from: '/tasks', paging: paging.numbered({ first: 0, last: '/last_page' }) } },
});

const given = (what: string, from: string, request: `GET ${string}`, path: EndpointTable[string]['path'] = {}) => ({
  request,
  description: `${what}, one message each`,
  path,
  query: { archived: flag('Only archived ones') },
  from,
  paging: paging.all(),
  output: named,
});

export const table: EndpointTable = {
  ...tasks,
  'list-comments': {
    request: 'GET /task/{task_id}/comment',
    description: 'Comments on a task, one message each, the newest first',
    path: task_id,
    from: '/comments',
    paging: comments,
    output: record({ id: text(), comment_text: text() }),
  },
  'add-comment': {
    request: 'POST /task/{task_id}/comment',
    description: 'Comment on a task',
    path: task_id,
    body: {
      comment_text: text('Text', { minLength: 1 }),
      assignee: integer('Id of the person it is for'),
      notify_all: flag('Whether everybody is told, who wrote it included'),
    },
    needs: ['comment_text'],
    output: record({ id: number() }),
  },
  'add-tag': {
    request: 'POST /task/{task_id}/tag/{tag_name}',
    description: 'Put a tag on a task',
    path: { ...task_id, tag_name: text('Name of the tag') },
    output: record({ task_id: text(), tag_name: text() }),
    gives: ({ task_id, tag_name }) => ({ task_id, tag_name }),
  },
  'list-lists': given('Lists of a folder', '/lists', 'GET /folder/{folder_id}/list', { folder_id: id('folder') }),
  'create-list': {
    request: 'POST /folder/{folder_id}/list',
    description: 'Make a list in a folder',
    path: { folder_id: id('folder') },
    body: { name: text('Name', { minLength: 1 }), content: text('Description'), due_date: millis('When it is due') },
    needs: ['name'],
    output: named,
  },
  'list-free-lists': given('Lists of a space that are in no folder', '/lists', 'GET /space/{space_id}/list', {
    space_id: id('space'),
  }),
  'list-folders': given('Folders of a space', '/folders', 'GET /space/{space_id}/folder', { space_id: id('space') }),
  'list-spaces': {
    ...given('Spaces of a workspace', '/spaces', 'GET /team/{team_id}/space', team),
    fallback: ofSettings,
  },
  'list-teams': { ...given('Workspaces', '/teams', 'GET /team'), query: {} },
};
