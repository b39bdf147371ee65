// The connectors: tasks and projects, and what belongs to them.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, list, map, object, record, text } = schema;

const gid = (of: string) => text(`Gid of the ${of}`, { pattern: '^\\d+$' });
const day = (what: string) => text(what, { pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** Without it a list has gid and name only. */
const opt_fields = list(text(), 'Names of the fields that are given; default: gid, name and few more');
const workspace = gid('workspace; default: that of the settings');
const named = record({ gid: text(), name: text() });
const none = object({});

export const common: Common = {
  from: '/data',
  wrap: 'data',
  list: { paging: paging.cursor({ param: 'offset', from: '/next_page/offset', size: { limit: 100 } }) },
};

const tasks = resource({
  one: 'task',
  path: '/tasks',
  item: '/tasks/{task_gid}',
  at: { task_gid: gid('task') },
  filters: {
    project: gid('project; or say section, or assignee and workspace'),
    section: gid('section'),
    assignee: text('Gid or e-mail address of a person, or "me"; with a workspace'),
    workspace: gid('workspace; with an assignee'),
    completed_since: text('Only what is open, or was completed since this ISO time; "now" for open ones only'),
    modified_since: text('Only what changed since this ISO time'),
    opt_fields,
  },
  fields: {
    name: text('Name', { minLength: 1 }),
    notes: text('Description'),
    html_notes: text('Description as HTML, inside <body>'),
    assignee: text('Gid or e-mail address of a person, or "me"'),
    completed: flag('Whether it is done'),
    due_on: day('Day it is due, as 2026-01-31'),
    due_at: text('Instant it is due, as ISO time'),
    start_on: day('Day it begins; with a day it is due'),
    projects: list(gid('project'), 'Gids of projects; of a new task only'),
    parent: gid('task it is part of; of a new task only'),
    followers: list(text(), 'Gids or e-mail addresses of who follows; of a new task only'),
    tags: list(gid('tag'), 'Gids of tags; of a new task only'),
    workspace: gid('workspace; default: that of the settings'),
    custom_fields: map('Values of custom fields, by gid of the field'),
  },
  needs: ['name'],
  update: 'PUT',
  output: named,
  but: { create: { fallback: { workspace: 'settings.workspace' } } },
});

const projects = resource({
  one: 'project',
  path: '/projects',
  item: '/projects/{project_gid}',
  at: { project_gid: gid('project') },
  filters: { workspace, team: gid('team'), archived: flag('Only archived ones, or only others'), opt_fields },
  fields: {
    name: text('Name', { minLength: 1 }),
    workspace: gid('workspace; default: that of the settings'),
    team: gid('team, which an organization wants'),
    notes: text('Description'),
    color: text('Colour, such as light-green'),
    default_view: choice(['list', 'board', 'calendar', 'timeline'], 'How it is shown'),
    due_on: day('Day it is due'),
    start_on: day('Day it begins'),
    archived: flag('Whether it is archived'),
    privacy_setting: choice(['public_to_workspace', 'private_to_team', 'private'], 'Who sees it'),
  },
  needs: ['name'],
  update: 'PUT',
  output: named,
  but: {
    list: { fallback: { workspace: 'settings.workspace' } },
    create: { fallback: { workspace: 'settings.workspace' } },
  },
});

export const table: EndpointTable = {
  ...tasks,
  'list-subtasks': {
    request: 'GET /tasks/{task_gid}/subtasks',
    description: 'Tasks that are part of a task, one message each',
    path: { task_gid: gid('task') },
    query: { opt_fields },
    output: named,
  },
  'list-comments': {
    request: 'GET /tasks/{task_gid}/stories',
    description: 'Comments and all else that happened to a task, one message each',
    path: { task_gid: gid('task') },
    query: { opt_fields },
    output: record({ gid: text(), text: text(), type: text() }),
  },
  'add-comment': {
    request: 'POST /tasks/{task_gid}/stories',
    description: 'Comment on a task',
    path: { task_gid: gid('task') },
    body: {
      text: text('Text'),
      html_text: text('Text as HTML, inside <body>'),
      is_pinned: flag('Whether it is pinned'),
    },
    output: record({ gid: text() }),
  },
  ...projects,
  'list-sections': {
    request: 'GET /projects/{project_gid}/sections',
    description: 'Sections of a project, one message each',
    path: { project_gid: gid('project') },
    query: { opt_fields },
    output: named,
  },
  'move-task': {
    request: 'POST /sections/{section_gid}/addTask',
    description: 'Put a task into a section of its project, at the end unless it is said where',
    path: { section_gid: gid('section') },
    body: { task: gid('task'), insert_before: gid('task it comes before'), insert_after: gid('task it comes after') },
    needs: ['task'],
    output: none,
  },
  'list-users': {
    request: 'GET /users',
    description: 'People of a workspace, one message each',
    query: { workspace, team: gid('team'), opt_fields },
    fallback: { workspace: 'settings.workspace' },
    output: named,
  },
  'list-workspaces': {
    request: 'GET /workspaces',
    description: 'Workspaces and organizations, one message each',
    query: { opt_fields },
    output: named,
  },
};
