// An endpoint of a regular API as data: what is asked, where each value of the message goes, and what of the answer is given on.

import type { JsonSchema } from '@sluice/protocol';
import type { HttpResponse } from '../http/response.ts';
import type { StatusRules } from '../http/rules.ts';
import type { Context } from '../step/context.ts';
import type { Paging } from './paging.ts';

export type Properties = Readonly<Record<string, JsonSchema>>;
export type Input = Readonly<Record<string, unknown>>;

export interface Endpoint {
  /** `GET /tasks/{task_id}`; a name in braces is a member of the input that must be there. */
  readonly request: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} ${string}`;
  readonly description: string;
  /** Members that stand in the path; default: a text. */
  readonly path?: Properties;
  /** Members that stand in the query; a list is joined by commas. */
  readonly query?: Properties;
  /** Members that stand in the body. */
  readonly body?: Properties;
  /** Members that must be there, beside those of the path. */
  readonly needs?: readonly string[];
  readonly output: JsonSchema;
  /** Members that the install says when the message does not: `{ workspace: 'settings.workspace' }`. */
  readonly fallback?: Readonly<Record<string, `${string}.${string}`>>;
  /** How the service calls a member of query or body that has a plainer name here. */
  readonly called?: Readonly<Record<string, string>>;
  /** The input with what it leaves out, where that takes more than a fallback. */
  readonly complete?: (input: Input, context: Context) => Input | Promise<Input>;
  /** What every request says. */
  readonly always?: {
    readonly query?: Input;
    readonly body?: Input;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Name around the body: `data` for `{"data": {…}}`. */
  readonly wrap?: string;
  /** The body as a form instead of JSON; a list comes as several values of one name. */
  readonly form?: boolean;
  /** Where what is given on stands in the answer, as a JSON pointer; default: all of it. */
  readonly from?: string;
  /** What is given on instead of the body of the answer, which is not read. */
  readonly gives?: (input: Input, response: HttpResponse) => unknown;
  /** A list, page by page: the step is a batch. */
  readonly paging?: Paging;
  readonly rules?: StatusRules;
}

/** What all endpoints of a service have in common, unless they say otherwise. */
export interface Common extends Pick<Endpoint, 'always' | 'wrap' | 'form' | 'from' | 'fallback' | 'rules'> {
  /** Of those that list. */
  readonly list?: Pick<Endpoint, 'from' | 'paging'>;
}

/** By name of the connector, without the key of its application: `get-task`. */
export type EndpointTable = Readonly<Record<string, Endpoint>>;

/** Names in the path of an endpoint. */
export const namesIn = (request: string): string[] => [...request.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
