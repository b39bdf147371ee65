// One zod shape → one JSON Schema, for Fastify's validator and for OpenAPI.

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
