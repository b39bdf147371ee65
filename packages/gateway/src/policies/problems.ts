// What is wrong with the policies of a route, for whoever saves it: nothing that can be known then is left to a client to find.

import type { Expressions } from '@sluice/engine';
import type { PlacedProblem, RouteDefinition } from '@sluice/protocol';
import { headerProblems } from './header-rules.ts';
import { compileSchema, type JsonSchema } from './schema/json-schema.ts';

export function policyProblems(route: RouteDefinition, expressions: Pick<Expressions, 'fault'>): string[] {
  const { request, response, cors } = route;
  return [
    ...schemaProblems(request?.schema, 'request.schema', 'body'),
    ...schemaProblems(request?.query, 'request.query', 'query'),
    ...schemaProblems(request?.params, 'request.params', 'path'),
    ...schemaProblems(response?.schema, 'response.schema', 'body'),
    ...expressionProblems(request?.map, 'request.map', expressions),
    ...expressionProblems(response?.map, 'response.map', expressions),
    ...headerProblems(request?.headers, 'request.headers'),
    ...headerProblems(response?.headers, 'response.headers'),
    ...(cors?.credentials && cors.origins.includes('*') ? ['cors.origins is "*", which excludes credentials'] : []),
    ...(cors?.origins ?? [])
      .filter((origin) => origin !== '*' && !isOrigin(origin))
      .map((origin) => `cors.origins has "${origin}", which is no origin such as https://example.com`),
  ];
}

function schemaProblems(schema: JsonSchema | undefined, name: string, place: PlacedProblem['in']): string[] {
  if (schema === undefined) return [];
  try {
    compileSchema(schema, place);
    return [];
  } catch (error) {
    return [`${name} ${(error as Error).message}`];
  }
}

function expressionProblems(
  expression: string | undefined,
  name: string,
  expressions: Pick<Expressions, 'fault'>,
): string[] {
  const fault = expression === undefined ? null : expressions.fault(expression);
  return fault === null ? [] : [`${name} is no JSONata expression: ${fault}`];
}

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
