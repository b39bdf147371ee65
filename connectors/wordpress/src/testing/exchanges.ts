// What the REST API handbook says of requests and answers.

import { exchangeTable } from '@sluice/testing/acceptance';

const see = (page: string) => `https://developer.wordpress.org/rest-api/reference/${page}`;
const API = '/wp-json/wp/v2';
const next = (path: string) => ({ link: `<https://blog.example.com${API}${path}>; rel="next"` });

const post = (id: number) => ({
  id,
  date: '2026-01-01T08:00:00',
  slug: `door-${id}`,
  status: 'publish',
  link: `https://blog.example.com/door-${id}/`,
  title: { rendered: `Door ${id}` },
  author: 1,
});
const media = (id: number) => ({
  id,
  source_url: `https://blog.example.com/wp-content/${id}.png`,
  mime_type: 'image/png',
  title: { rendered: 'Door' },
});
const comment = (id: number) => ({
  id,
  post: 7,
  author_name: 'Ann',
  status: 'approved',
  content: { rendered: '<p>Nice</p>' },
});
const term = (id: number) => ({ id, name: 'Doors', slug: 'doors', count: 3 });
const user = (id: number) => ({ id, name: 'Ann', slug: 'ann' });

export const exchanges = exchangeTable({
  service: {
    origin: 'https://blog.example.com',
    applications: {
      wordpress: {
        settings: {
          credentials: { user: 'ann', password: 'abcd efgh' },
          settings: { site: 'https://blog.example.com' },
        },
        headers: { authorization: 'Basic YW5uOmFiY2QgZWZnaA==' },
      },
    },
    headers: { accept: 'application/json' },
    always: [
      {
        title: 'one that is not there',
        answer: {
          status: 404,
          json: { code: 'rest_post_invalid_id', message: 'Invalid post ID.', data: { status: 404 } },
        },
        outcome: { kind: 'fail', code: 'wordpress.not_found', says: 'rest_post_invalid_id; Invalid post ID.' },
      },
      {
        title: 'a user who may not',
        answer: {
          status: 403,
          json: {
            code: 'rest_cannot_edit',
            message: 'Sorry, you are not allowed to edit this post.',
            data: { status: 403 },
          },
        },
        outcome: { kind: 'fail', code: 'wordpress.forbidden', says: 'not allowed to edit' },
      },
      {
        title: 'a wrong value',
        answer: {
          status: 400,
          json: { code: 'rest_invalid_param', message: 'Invalid parameter(s): status', data: { status: 400 } },
        },
        outcome: { kind: 'fail', code: 'wordpress.invalid', says: 'Invalid parameter(s): status' },
      },
      {
        title: 'a host that is full and names no time',
        answer: { status: 429 },
        outcome: { kind: 'limit', after: 60 },
      },
      {
        title: 'a site in maintenance',
        answer: { status: 503, text: '<h1>Briefly unavailable</h1>' },
        outcome: { kind: 'redeliver' },
      },
    ],
  },
  application: [
    {
      title: 'the connection is there',
      invoke: { operation: 'test' },
      exchanges: [{ request: `GET ${API}/users/me?context=edit`, answer: { json: { ...user(1), roles: ['editor'] } } }],
      answers: { detail: 'Connected as Ann (editor).' },
    },
    {
      title: 'a password that is not taken',
      invoke: { operation: 'test' },
      exchanges: [
        {
          request: `GET ${API}/users/me?context=edit`,
          answer: {
            status: 401,
            json: { code: 'incorrect_password', message: 'The provided password is an invalid application password.' },
          },
        },
      ],
      fails: { code: 'wordpress.bad_credentials', says: 'incorrect_password' },
    },
  ],
  connectors: {
    'list-posts': {
      endpoint: `GET ${API}/posts`,
      see: see('posts/#list-posts'),
      pages: [
        {
          request: `GET ${API}/posts?per_page=100`,
          answer: [post(7), post(8)],
          headers: next('/posts?per_page=100&page=2'),
          cursor: 'per_page=100&page=2',
        },
        { request: `GET ${API}/posts?per_page=100&page=2`, answer: [post(9)] },
      ],
      more: [
        {
          title: 'some, by all that can be said',
          input: {
            search: 'door',
            include: [7, 8],
            order: 'asc',
            orderby: 'modified',
            after: '2026-01-01T00:00:00',
            before: '2026-02-01T00:00:00',
            modified_after: '2026-01-02T00:00:00',
            modified_before: '2026-01-03T00:00:00',
            status: ['publish', 'draft'],
            author: [1],
            categories: [3],
            tags: [4, 5],
            slug: 'door-7',
            ignored: 1,
          },
          pages: [
            [
              `GET ${API}/posts?search=door&include=7,8&order=asc&orderby=modified&after=2026-01-01T00:00:00&before=2026-02-01T00:00:00&modified_after=2026-01-02T00:00:00&modified_before=2026-01-03T00:00:00&status=publish,draft&author=1&categories=3&tags=4,5&slug=door-7&per_page=100`,
              [],
            ],
          ],
        },
      ],
      refused: [
        [{ order: 'up' }, '/order must be equal to one of'],
        [{ after: 'yesterday' }, '/after must match pattern'],
        [{ status: ['old'] }, '/status/0 must be equal to one of'],
      ],
    },
    'get-post': {
      endpoint: `GET ${API}/posts/{id}`,
      see: see('posts/#retrieve-a-post'),
      input: { id: 7 },
      request: `GET ${API}/posts/7`,
      answer: post(7),
      refused: [[{ id: '7' }, '/id must be integer']],
    },
    'create-post': {
      endpoint: `POST ${API}/posts`,
      see: see('posts/#create-a-post'),
      input: {
        title: 'Kůň 🐴',
        content: '<p>Neighs</p>',
        status: 'draft',
        categories: [3],
        tags: [4],
        featured_media: 5,
        meta: { color: 'brown' },
        more: 1,
      },
      json: {
        title: 'Kůň 🐴',
        content: '<p>Neighs</p>',
        status: 'draft',
        categories: [3],
        tags: [4],
        featured_media: 5,
        meta: { color: 'brown' },
      },
      status: 201,
      answer: post(9),
      refused: [
        [{ status: 'old' }, '/status must be equal to one of'],
        [{ author: 0 }, '/author must be >= 1'],
      ],
    },
    'update-post': {
      endpoint: `POST ${API}/posts/{id}`,
      see: see('posts/#update-a-post'),
      input: { id: 7, status: 'publish', sticky: true },
      request: `POST ${API}/posts/7`,
      json: { status: 'publish', sticky: true },
      answer: post(7),
    },
    'delete-post': {
      endpoint: `DELETE ${API}/posts/{id}`,
      see: see('posts/#delete-a-post'),
      input: { id: 7 },
      request: `DELETE ${API}/posts/7`,
      answer: post(7),
      gives: { id: 7, deleted: true },
      more: [
        {
          title: 'for good',
          input: { id: 7, force: true },
          request: `DELETE ${API}/posts/7?force=true`,
          answer: { deleted: true, previous: post(7) },
          gives: { id: 7, deleted: true },
        },
      ],
    },
    'list-pages': {
      endpoint: `GET ${API}/pages`,
      see: see('pages/#list-pages'),
      input: { parent: [2] },
      pages: [
        {
          request: `GET ${API}/pages?parent=2&per_page=100`,
          answer: [post(20)],
          headers: next('/pages?parent=2&per_page=100&page=2'),
          cursor: 'parent=2&per_page=100&page=2',
        },
        { request: `GET ${API}/pages?parent=2&per_page=100&page=2`, answer: [post(21)] },
      ],
    },
    'get-page': {
      endpoint: `GET ${API}/pages/{id}`,
      see: see('pages/#retrieve-a-page'),
      input: { id: 20 },
      request: `GET ${API}/pages/20`,
      answer: post(20),
    },
    'create-page': {
      endpoint: `POST ${API}/pages`,
      see: see('pages/#create-a-page'),
      input: { title: 'About', parent: 2, menu_order: 3 },
      json: { title: 'About', parent: 2, menu_order: 3 },
      status: 201,
      answer: post(22),
    },
    'update-page': {
      endpoint: `POST ${API}/pages/{id}`,
      see: see('pages/#update-a-page'),
      input: { id: 20, slug: 'about' },
      request: `POST ${API}/pages/20`,
      json: { slug: 'about' },
      answer: post(20),
    },
    'delete-page': {
      endpoint: `DELETE ${API}/pages/{id}`,
      see: see('pages/#delete-a-page'),
      input: { id: 20 },
      request: `DELETE ${API}/pages/20`,
      answer: post(20),
      gives: { id: 20, deleted: true },
    },
    'list-media': {
      endpoint: `GET ${API}/media`,
      see: see('media/#list-media'),
      input: { media_type: 'image', mime_type: 'image/png' },
      pages: [
        {
          request: `GET ${API}/media?media_type=image&mime_type=image/png&per_page=100`,
          answer: [media(5)],
          headers: next('/media?media_type=image&mime_type=image%2Fpng&per_page=100&page=2'),
          cursor: 'media_type=image&mime_type=image%2Fpng&per_page=100&page=2',
        },
        { request: `GET ${API}/media?media_type=image&mime_type=image/png&per_page=100&page=2`, answer: [media(6)] },
      ],
    },
    'get-media-item': {
      endpoint: `GET ${API}/media/{id}`,
      see: see('media/#retrieve-a-media-item'),
      input: { id: 5 },
      request: `GET ${API}/media/5`,
      answer: media(5),
    },
    'update-media-item': {
      endpoint: `POST ${API}/media/{id}`,
      see: see('media/#update-a-media-item'),
      input: { id: 5, alt_text: 'A door', post: 7 },
      request: `POST ${API}/media/5`,
      json: { alt_text: 'A door', post: 7 },
      answer: media(5),
    },
    'delete-media-item': {
      endpoint: `DELETE ${API}/media/{id}`,
      see: see('media/#delete-a-media-item'),
      input: { id: 5 },
      request: `DELETE ${API}/media/5?force=true`,
      answer: { deleted: true, previous: media(5) },
      gives: { id: 5, deleted: true },
    },
    'list-comments': {
      endpoint: `GET ${API}/comments`,
      see: see('comments/#list-comments'),
      input: { post: [7], status: 'hold', author_email: 'ann@acme.example' },
      pages: [
        {
          request: `GET ${API}/comments?post=7&status=hold&author_email=ann%40acme.example&per_page=100`,
          answer: [comment(1)],
          headers: next('/comments?post=7&status=hold&per_page=100&page=2'),
          cursor: 'post=7&status=hold&per_page=100&page=2',
        },
        { request: `GET ${API}/comments?post=7&status=hold&per_page=100&page=2`, answer: [comment(2)] },
      ],
    },
    'get-comment': {
      endpoint: `GET ${API}/comments/{id}`,
      see: see('comments/#retrieve-a-comment'),
      input: { id: 1 },
      request: `GET ${API}/comments/1`,
      answer: comment(1),
    },
    'create-comment': {
      endpoint: `POST ${API}/comments`,
      see: see('comments/#create-a-comment'),
      needs: ['post', 'content'],
      input: { post: 7, content: 'Nice', parent: 1, author_name: 'Ann' },
      json: { post: 7, content: 'Nice', parent: 1, author_name: 'Ann' },
      status: 201,
      answer: comment(3),
      more: [
        {
          title: 'the same twice',
          input: { post: 7, content: 'Nice' },
          json: { post: 7, content: 'Nice' },
          status: 409,
          answer: { code: 'comment_duplicate', message: 'Duplicate comment detected' },
          fails: 'wordpress.conflict: Duplicate comment detected',
        },
      ],
    },
    'update-comment': {
      endpoint: `POST ${API}/comments/{id}`,
      see: see('comments/#update-a-comment'),
      input: { id: 1, status: 'approve' },
      request: `POST ${API}/comments/1`,
      json: { status: 'approve' },
      answer: comment(1),
    },
    'delete-comment': {
      endpoint: `DELETE ${API}/comments/{id}`,
      see: see('comments/#delete-a-comment'),
      input: { id: 1, force: true },
      request: `DELETE ${API}/comments/1?force=true`,
      answer: { deleted: true, previous: comment(1) },
      gives: { id: 1, deleted: true },
      needs: ['id'],
    },
    'list-categories': {
      endpoint: `GET ${API}/categories`,
      see: see('categories/#list-categories'),
      input: { hide_empty: true },
      pages: [
        {
          request: `GET ${API}/categories?hide_empty=true&per_page=100`,
          answer: [term(3)],
          headers: next('/categories?hide_empty=1&per_page=100&page=2'),
          cursor: 'hide_empty=1&per_page=100&page=2',
        },
        { request: `GET ${API}/categories?hide_empty=1&per_page=100&page=2`, answer: [term(4)] },
      ],
    },
    'get-category': {
      endpoint: `GET ${API}/categories/{id}`,
      see: see('categories/#retrieve-a-category'),
      input: { id: 3 },
      request: `GET ${API}/categories/3`,
      answer: term(3),
    },
    'create-category': {
      endpoint: `POST ${API}/categories`,
      see: see('categories/#create-a-category'),
      needs: ['name'],
      input: { name: 'Doors', slug: 'doors' },
      json: { name: 'Doors', slug: 'doors' },
      status: 201,
      answer: term(3),
      more: [
        {
          title: 'one that is there',
          input: { name: 'Doors' },
          json: { name: 'Doors' },
          status: 400,
          answer: { code: 'term_exists', message: 'A term with the name provided already exists with this parent.' },
          fails: 'wordpress.invalid: term_exists',
        },
      ],
    },
    'update-category': {
      endpoint: `POST ${API}/categories/{id}`,
      see: see('categories/#update-a-category'),
      input: { id: 3, description: 'All doors' },
      request: `POST ${API}/categories/3`,
      json: { description: 'All doors' },
      answer: term(3),
    },
    'delete-category': {
      endpoint: `DELETE ${API}/categories/{id}`,
      see: see('categories/#delete-a-category'),
      input: { id: 3 },
      request: `DELETE ${API}/categories/3?force=true`,
      answer: { deleted: true, previous: term(3) },
      gives: { id: 3, deleted: true },
    },
    'list-tags': {
      endpoint: `GET ${API}/tags`,
      see: see('tags/#list-tags'),
      input: { post: 7 },
      pages: [
        {
          request: `GET ${API}/tags?post=7&per_page=100`,
          answer: [term(4)],
          headers: next('/tags?post=7&per_page=100&page=2'),
          cursor: 'post=7&per_page=100&page=2',
        },
        { request: `GET ${API}/tags?post=7&per_page=100&page=2`, answer: [term(5)] },
      ],
    },
    'get-tag': {
      endpoint: `GET ${API}/tags/{id}`,
      see: see('tags/#retrieve-a-tag'),
      input: { id: 4 },
      request: `GET ${API}/tags/4`,
      answer: term(4),
    },
    'create-tag': {
      endpoint: `POST ${API}/tags`,
      see: see('tags/#create-a-tag'),
      needs: ['name'],
      input: { name: 'New' },
      json: { name: 'New' },
      status: 201,
      answer: term(6),
    },
    'update-tag': {
      endpoint: `POST ${API}/tags/{id}`,
      see: see('tags/#update-a-tag'),
      input: { id: 4, name: 'Newer' },
      request: `POST ${API}/tags/4`,
      json: { name: 'Newer' },
      answer: term(4),
    },
    'delete-tag': {
      endpoint: `DELETE ${API}/tags/{id}`,
      see: see('tags/#delete-a-tag'),
      input: { id: 4 },
      request: `DELETE ${API}/tags/4?force=true`,
      answer: { deleted: true, previous: term(4) },
      gives: { id: 4, deleted: true },
    },
    'list-users': {
      endpoint: `GET ${API}/users`,
      see: see('users/#list-users'),
      input: { roles: ['editor', 'author'], context: 'edit' },
      pages: [
        {
          request: `GET ${API}/users?roles=editor,author&context=edit&per_page=100`,
          answer: [user(1)],
          headers: next('/users?roles=editor,author&context=edit&per_page=100&page=2'),
          cursor: 'roles=editor%2Cauthor&context=edit&per_page=100&page=2',
        },
        { request: `GET ${API}/users?roles=editor,author&context=edit&per_page=100&page=2`, answer: [user(2)] },
      ],
    },
    'get-user': {
      endpoint: `GET ${API}/users/{id}`,
      see: see('users/#retrieve-a-user'),
      input: { id: 1 },
      request: `GET ${API}/users/1`,
      answer: user(1),
    },
  },
});
