// What the platform itself answers at, beside the gateway: starts of processes and synchronous calls.

import type { TargetContract } from './operation.ts';
import type { SchemaShelf } from './schemas.ts';

export interface DescribedCall {
  /** With values for all but the rest: `/run/orders/start`. */
  readonly path: string;
  readonly method: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string | undefined;
  /** Scope that a token of the platform needs. */
  readonly scope: string;
  readonly contract: TargetContract;
}

export function callOperation(
  { path, method, tag, summary, description, scope, contract }: DescribedCall,
  shelf: SchemaShelf,
): Record<string, unknown> {
  const name = `${method.toLowerCase()}${path.replaceAll(/[^\w.-]+/g, '-')}`;
  const bodiless = ['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method);
  const input = contract.input === undefined ? undefined : shelf.put(`${name}.request`, contract.input);
  const output = contract.output === undefined ? undefined : shelf.put(`${name}.response`, contract.output);
  return {
    operationId: name,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    ...(bodiless
      ? {}
      : { requestBody: { content: { [input === undefined ? '*/*' : 'application/json']: mediaOf(input, shelf) } } }),
    ...(bodiless && isOfObject(contract.input) ? { parameters: inQuery(contract.input) } : {}),
    responses: {
      [contract.status ?? 200]: {
        description: 'All went well.',
        ...(output === undefined ? {} : { content: { 'application/json': mediaOf(output, shelf) } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
    security: [{ platform: [scope] }],
  };
}

function mediaOf(schema: unknown, shelf: SchemaShelf): Record<string, unknown> {
  if (schema === undefined) return {};
  const example = shelf.example(schema);
  return { schema, ...(example === undefined ? {} : { example }) };
}

const isOfObject = (schema: unknown): schema is { properties: Record<string, unknown>; required?: string[] } =>
  typeof schema === 'object' && schema !== null && typeof (schema as { properties?: unknown }).properties === 'object';

const inQuery = ({ properties, required = [] }: { properties: Record<string, unknown>; required?: string[] }) =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    schema: JSON.stringify(schema).includes('"$ref"') ? {} : schema,
  }));
