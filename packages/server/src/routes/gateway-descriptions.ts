// Descriptions of what can be called, out and in. What reads and makes them is loaded when somebody asks for one: most
// platforms go on for days without.

import { GatewayImported, GatewayImportQuery, SluiceError } from '@sluice/protocol';
import { z } from 'zod';
import { describedCalls } from '../description/calls.ts';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const TAG = 'gateway';
/** YAML costs far more to read than JSON; the command turns it into JSON first. */
const MOST_BYTES = { yaml: 1_048_576, json: 16_777_216 } as const;
const YAML = /^(?:application|text)\/(?:[\w.-]+\+)?(?:x-)?yaml\b/i;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

const DescriptionQuery = z.object({
  host: z.string().max(253).optional().describe('Only routes that answer at this host'),
  calls: z.boolean().default(true).describe('With starts of processes, connectors and methods, which need no route'),
});

export const gatewayDescriptionRoutes: Routes = (app, { gateway, engine, integration, workers, sync }) => {
  const known = { engine, integration, workers };

  app.get<{ Querystring: z.infer<typeof DescriptionQuery> }>(
    '/api/v1/gateway/openapi.json',
    {
      config: { scope: 'gateway:read' },
      schema: describe({
        summary: 'Everything that can be called, as OpenAPI 3.1: routes, starts of processes, connectors, methods',
        tag: TAG,
        query: DescriptionQuery,
      }),
    },
    async ({ query: { host, calls } }) => {
      const { describeApi } = await import('@sluice/openapi');
      return describeApi({
        title: 'API',
        routes: await gateway.descriptions.routes(host),
        schemes: gateway.descriptions.schemes,
        calls: calls ? await describedCalls(known, sync) : [],
        targets: true,
      });
    },
  );

  app.register(async (imports) => {
    imports.removeAllContentTypeParsers();
    for (const [type, maxBytes] of [
      [JSON_TYPE, MOST_BYTES.json],
      [YAML, MOST_BYTES.yaml],
    ] as const)
      imports.addContentTypeParser(type, { parseAs: 'string' }, (_request, text, done) => {
        if (Buffer.byteLength(text) <= maxBytes) done(null, text);
        else done(new SluiceError('request.too_large', { maxBytes }));
      });
    imports.post<{ Querystring: GatewayImportQuery; Body: string | undefined }>(
      '/api/v1/gateway/import',
      {
        config: { scope: 'gateway:write' },
        schema: describe({
          summary: 'Routes from a description: OpenAPI 3.0 or 3.1, as JSON or YAML. The same again changes nothing',
          tag: TAG,
          query: GatewayImportQuery,
          answer: GatewayImported,
        }),
      },
      async ({ body = '', query }) => {
        const { planImport, readDescription, routesOf } = await import('@sluice/openapi');
        const { dryRun, retire, ...options } = query;
        const read = readDescription(body);
        if (!read.ok) throw new SluiceError('gateway.description_invalid', { problems: read.problems });
        const imported = routesOf(read.described, options);
        const plan = planImport(imported, gateway.routes.list());
        const problems = [...imported.problems, ...plan.taken.map((name) => takenName(name))];
        if (problems.length > 0)
          throw new SluiceError('gateway.description_invalid', { problems: problems.slice(0, 100) });
        const save = [...plan.created, ...plan.updated];
        await gateway.routes.change({
          save,
          enable: plan.updated.map(nameOf),
          disable: retire ? plan.retired : [],
          dryRun,
        });
        return {
          contract: imported.contract,
          created: plan.created.map(nameOf),
          updated: plan.updated.map(nameOf),
          unchanged: plan.unchanged.map(nameOf),
          retired: plan.retired,
          unbound: [...save, ...plan.unchanged].filter(({ target }) => target.kind === 'unbound').map(nameOf),
          routes: [...save, ...plan.unchanged].map(({ name, methods, host, path, summary }) => ({
            name,
            methods,
            host,
            path,
            summary,
          })),
          leftOut: imported.leftOut,
        };
      },
    );
  });
};

const nameOf = ({ name }: { readonly name: string }): string => name;
const takenName = (name: string) => ({
  pointer: '',
  message: `would make a route "${name}", and there is one that was made from something else; rename it, or its operationId`,
});
