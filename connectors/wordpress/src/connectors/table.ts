// The endpoints of the core of WordPress. Lists go on by the query of the `Link` header.

import { type Common, type EndpointTable, paging, resource, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, object, orNull, record, text } = schema;

export const common: Common = { list: { paging: paging.link({ per_page: 100 }) } };

const id = integer('Its id', { minimum: 1 });
const ids = (description: string) => list(integer(undefined, { minimum: 1 }), description);
const time = (description: string) => text(description, { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' });
/** A text that is shown after it was prepared; with the right to edit, `raw` stands beside it. */
const rendered = object({ rendered: text() }, ['rendered']);
const STATUS = ['publish', 'future', 'draft', 'pending', 'private'];

const search = {
  search: text('Only those that have this text in them'),
  include: ids('Only those with these ids'),
  order: choice(['asc', 'desc'], 'Direction of the order; default: desc'),
  orderby: text('Order, such as date, modified or title; default: date'),
};
const dated = {
  after: time('Only those published after this time, as 2026-01-31T00:00:00'),
  before: time('Only those published before this time'),
  modified_after: time('Only those changed after this time'),
  modified_before: time('Only those changed before this time'),
};
const trash = {
  query: { force: flag('Delete for good instead of moving it to the trash; default: false') },
};
/** What has no trash is deleted for good, and WordPress wants that said. */
const forGood = { always: { query: { force: true } } };

const writing = {
  title: text('Title'),
  content: text('Content, as HTML'),
  excerpt: text('Excerpt, as HTML'),
  status: choice(STATUS, 'State; default: draft'),
  slug: text('The part of the address that names it'),
  date: time('When it is published, in the time of the site'),
  author: integer('Id of the author', { minimum: 1 }),
  featured_media: integer('Id of the picture', { minimum: 0 }),
  comment_status: choice(['open', 'closed'], 'Whether it can be commented'),
  meta: map('Fields that the site has registered'),
};
const written = record({
  id: integer(),
  date: orNull(text()),
  slug: text(),
  status: text(),
  link: text(),
  title: rendered,
});

const term = (one: string, many: string, words: { one: string; many: string }) =>
  resource({
    one,
    many,
    words,
    path: `/${many}`,
    at: { id },
    filters: {
      ...search,
      hide_empty: flag('Only those that have posts; default: false'),
      post: integer('Only those of this post'),
    },
    fields: { name: text('Name', { minLength: 1 }), slug: text('In addresses'), description: text('Description') },
    needs: ['name'],
    output: record({ id: integer(), name: text(), slug: text(), count: integer() }),
    update: 'POST',
    but: { delete: forGood },
  });

export const table: EndpointTable = {
  ...resource({
    one: 'post',
    path: '/posts',
    at: { id },
    filters: {
      ...search,
      ...dated,
      status: list(choice([...STATUS, 'any', 'trash']), 'Only those in these states; default: publish'),
      author: ids('Only those of these authors'),
      categories: ids('Only those in these categories'),
      tags: ids('Only those with these tags'),
      slug: text('Only the one with this name in its address'),
    },
    fields: {
      ...writing,
      categories: ids('Ids of categories'),
      tags: ids('Ids of tags'),
      sticky: flag('Whether it stays on top'),
    },
    output: written,
    update: 'POST',
    but: { delete: trash },
  }),
  ...resource({
    one: 'page',
    path: '/pages',
    at: { id },
    filters: {
      ...search,
      ...dated,
      status: list(choice([...STATUS, 'any', 'trash']), 'Only those in these states; default: publish'),
      parent: ids('Only those below these pages'),
    },
    fields: {
      ...writing,
      parent: integer('Id of the page above', { minimum: 0 }),
      menu_order: integer('Place among its siblings'),
    },
    output: written,
    update: 'POST',
    but: { delete: trash },
  }),
  ...resource({
    one: 'media-item',
    many: 'media',
    words: { one: 'a file of the library', many: 'Files of the library' },
    path: '/media',
    at: { id },
    filters: {
      ...search,
      ...dated,
      media_type: choice(['image', 'video', 'text', 'application', 'audio'], 'Only of this type'),
      mime_type: text('Only of this type, such as image/png'),
    },
    fields: {
      title: text('Title'),
      alt_text: text('What stands for it where it is not seen'),
      caption: text('Caption, as HTML'),
      description: text('Description, as HTML'),
      post: integer('Id of the post it belongs to'),
    },
    output: record({ id: integer(), source_url: text(), mime_type: text(), title: rendered }),
    verbs: ['list', 'get', 'update', 'delete'],
    update: 'POST',
    but: { delete: forGood },
  }),
  ...resource({
    one: 'comment',
    path: '/comments',
    at: { id },
    filters: {
      ...search,
      after: time('Only those written after this time'),
      before: time('Only those written before this time'),
      post: ids('Only those of these posts'),
      status: choice(['approve', 'hold', 'spam', 'trash', 'all'], 'Only in this state; default: approve'),
      author_email: text('Only those from this address'),
    },
    fields: {
      post: integer('Id of the post', { minimum: 1 }),
      content: text('Text, as HTML', { minLength: 1 }),
      parent: integer('Id of the comment it answers', { minimum: 0 }),
      author_name: text('Name of whoever wrote it'),
      author_email: text('Address of whoever wrote it'),
      status: choice(['approve', 'hold', 'spam', 'trash'], 'State'),
    },
    needs: ['post', 'content'],
    output: record({ id: integer(), post: integer(), author_name: text(), status: text(), content: rendered }),
    update: 'POST',
    but: { delete: trash },
  }),
  ...term('category', 'categories', { one: 'a category', many: 'Categories' }),
  ...term('tag', 'tags', { one: 'a tag', many: 'Tags' }),
  ...resource({
    one: 'user',
    path: '/users',
    at: { id },
    filters: {
      ...search,
      roles: list(text(), 'Only those with one of these roles'),
      context: choice(['view', 'edit'], 'edit: with e-mail addresses and roles, where the user may; default: view'),
    },
    fields: {},
    output: record({ id: integer(), name: text(), slug: text() }),
    verbs: ['list', 'get'],
  }),
};
