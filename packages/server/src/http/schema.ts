// One zod shape → one JSON Schema, for Fastify's validator and for OpenAPI.

import { SluiceError } from '@sluice/protocol';
import { z } from 'zod';

const made = new Map<z.ZodType, unknown>();

/** @param io  `input` for what callers send (defaults are optional), `output` for answers */
export function jsonSchema(shape: z.ZodType, io: 'input' | 'output' = 'input'): unknown {
  let schema = made.get(shape);
  if (!schema) {
    const { $schema: _, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Record<string, unknown>;
    schema = rest;
    made.set(shape, schema);
  }
  return schema;
}

export interface RouteShape {
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly status?: number;
}

/** Schema part of a Fastify route. */
export function describe({
  summary,
  tag,
  params,
  query,
  body,
  answer,
  status = 200,
}: RouteShape): Record<string, unknown> {
  return {
    summary,
    tags: [tag],
    ...(params ? { params: jsonSchema(params) } : {}),
    ...(query ? { querystring: jsonSchema(query) } : {}),
    ...(body ? { body: jsonSchema(body) } : {}),
    ...(answer ? { response: { [status]: jsonSchema(answer, 'output') } } : {}),
  };
}

/**
 * For routes whose validator is `unchecked`: of shapes with variants it would not fill in the defaults.
 * @throws SluiceError `request.invalid`
 */
export function checked<T extends z.ZodType>(shape: T, body: unknown): z.output<T> {
  const parsed = shape.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new SluiceError('request.invalid', {
    problems: parsed.error.issues.slice(0, 20).map((issue) => `body.${issue.path.join('.')} ${issue.message}`),
  });
}

/** Lets everything through: the route checks by itself. */
export const unchecked = () => () => true;
