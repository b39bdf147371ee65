// biome-ignore-all lint/suspicious/noExplicitAny: documents are looked into at will
import { Validator } from '@seriousme/openapi-schema-validator';
import { RouteDefinition, type RouteDefinitionInput } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { type Description, describeApi } from '../index.ts';

type Doc = { paths: Record<string, Record<string, any>>; components: Record<string, any>; [member: string]: any };

const route = (input: Partial<RouteDefinitionInput> & { name: string }, contract: object | null = null) => ({
  version: 1,
  definition: RouteDefinition.parse({
    path: `/${input.name}`,
    methods: ['GET'],
    access: { scopes: ['orders'] },
    target: { kind: 'upstream', url: 'http://10.0.0.1/secret-inside' },
    ...input,
  }),
  contract,
});
const api = (routes: Description['routes'], more: Partial<Description> = {}): Doc =>
  describeApi({ title: 'Shop', routes, schemes: ['key', 'basic', 'token', 'certificate'], ...more }) as Doc;
const problemsOf = async (document: object): Promise<unknown> => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
  return valid ? [] : errors;
};

const TREE = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', examples: ['root'] },
    children: { type: 'array', items: { $ref: '#' } },
    owner: { $ref: '#/$defs/owner' },
  },
  $defs: { owner: { type: 'object', properties: { email: { type: 'string', format: 'email' } } } },
};

describe('a description of routes', () => {
  test('it is valid OpenAPI 3.1, whatever the routes are', async () => {
    const document = api(
      [
        route({
          name: 'list',
          path: '/orders',
          request: {
            query: {
              type: 'object',
              required: ['page'],
              properties: { page: { type: 'integer', description: 'from 1' } },
            },
          },
          limits: [{ amount: 5, windowMs: 1_000 }],
        }),
        route(
          {
            name: 'place',
            path: '/orders',
            methods: ['POST'],
            target: { kind: 'process', topology: 'o', start: 'in' },
            idempotency: {},
          },
          { input: TREE },
        ),
        route({
          name: 'tree',
          path: '/trees/{id}',
          methods: ['PUT', 'PATCH'],
          request: { schema: TREE },
          response: { schema: TREE, produces: ['json', 'xml'] },
        }),
        route({ name: 'files', path: '/files/{rest*}', access: { public: 'anybody' } }),
        route({ name: 'here', host: 'api.example.com', path: '/here' }),
        route({ name: 'any', host: '*.example.com', path: '/any', methods: ['HEAD', 'OPTIONS', 'DELETE'] }),
        route({ name: 'wait', methods: ['POST'], target: { kind: 'wait', topology: 'o', start: 'in' } }),
        route({ name: 'later', methods: ['POST'], target: { kind: 'unbound' } }),
        route(
          { name: 'own', request: { schema: true }, methods: ['POST'] },
          { input: { $id: 'urn:mine', $ref: '#/$defs/a', $defs: { a: {} } } },
        ),
      ],
      {
        targets: true,
        calls: [
          {
            path: '/run/o/in',
            method: 'POST',
            tag: 'processes',
            summary: 'Start o',
            scope: 'run',
            contract: { input: TREE, status: 202 },
          },
        ],
      },
    );
    expect(await problemsOf(document)).toEqual([]);
  });

  test('the validator sees: a document with an operation that answers nothing is refused', async () => {
    const document = api([route({ name: 'list' })]);
    document.paths['/list']!.get.responses = 'none';
    expect(await problemsOf(document)).not.toEqual([]);
  });

  test('a schema that refers to parts of itself becomes a component, with references that lead there', () => {
    const { paths, components } = api([route({ name: 'tree', methods: ['PUT'], request: { schema: TREE } })]);
    const { schema, example } = paths['/tree']!.put.requestBody.content['application/json'];
    expect(schema).toEqual({ $ref: '#/components/schemas/tree.request' });
    const { properties } = components['schemas']['tree.request'];
    expect([properties.children.items.$ref, properties.owner.$ref]).toEqual([
      '#/components/schemas/tree.request',
      '#/components/schemas/tree.request/$defs/owner',
    ]);
    expect(example).toMatchObject({ name: 'root', owner: { email: expect.stringContaining('@') } });
  });

  test('R53: a route says which schemes prove who calls, with its scopes, and a public one asks nobody', () => {
    const { paths, components } = api([
      route({ name: 'list' }),
      route({ name: 'open', access: { public: 'anybody' } }),
    ]);
    expect(paths['/list']!.get.security).toEqual(
      ['key', 'basic', 'token', 'certificate'].map((name) => ({ [name]: ['orders'] })),
    );
    expect(components['securitySchemes']).toMatchObject({
      key: { in: 'header', name: 'x-api-key' },
      certificate: { type: 'mutualTLS' },
    });
    expect(paths['/open']!.get.security).toEqual([]);
    expect(Object.keys(paths['/open']!.get.responses)).not.toContain('401');
    expect(components['responses'].Unauthenticated.content['application/problem+json'].example).toMatchObject({
      code: 'gateway.unauthenticated',
      hint: expect.any(String),
    });
  });

  test('where a route leads is told only to those who run the gateway', () => {
    const routes = [route({ name: 'list' })];
    expect(JSON.stringify(api(routes))).not.toContain('secret-inside');
    expect(JSON.stringify(api(routes, { targets: true }))).toContain('secret-inside');
  });

  test('what the target takes is not what the client sends when there is a mapping between them', () => {
    const contract = { input: { type: 'object', title: 'Inner' }, output: { type: 'object', title: 'InnerAnswer' } };
    const mapped = route(
      { name: 'a', methods: ['POST'], request: { map: 'body' }, response: { map: 'body' } },
      contract,
    );
    const plain = route({ name: 'b', methods: ['POST'] }, contract);
    const { paths } = api([mapped, plain]);
    expect(JSON.stringify(paths['/a'])).not.toContain('Inner');
    expect(paths['/b']!.post.requestBody.content['application/json'].schema.title).toBe('Inner');
    expect(paths['/b']!.post.responses['200'].content['application/json'].schema.title).toBe('InnerAnswer');
  });

  test('what another host has at the same path is named and not mixed in', () => {
    const document = api([route({ name: 'a', path: '/x' }), route({ name: 'b', path: '/x', host: 'b.example.com' })]);
    expect(document.paths['/x']!.get.operationId).toBe('a');
    expect(document['x-sluice-left-out']).toEqual([{ route: 'b', host: 'b.example.com', method: 'GET' }]);
  });
});
