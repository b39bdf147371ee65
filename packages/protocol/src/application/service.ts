// A remote service as data: what its own description says, in the form that an application with its connectors is made of.

import type { AuthDescriptor } from './auth.ts';
import type { Form } from './form.ts';
import type { ApplicationLimit, JsonSchema } from './manifest.ts';

export interface ServiceData {
  /** Of the application; names of connectors begin with it. */
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly website?: string;
  /** Template; see `fillTemplate`. */
  readonly baseUrl: string;
  /** What users are asked beside their credentials. */
  readonly forms: readonly Form[];
  /** Ways to prove who asks, the one that is taken first; none when the service asks nobody. */
  readonly auth: readonly ServiceAuth[];
  readonly limits: readonly ApplicationLimit[];
  /** Name of the operation that tries the connection. */
  readonly test?: string;
  readonly operations: readonly OperationData[];
  /** Schemas that those of operations refer to, by `#/$defs/NAME`. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

export interface ServiceAuth {
  /** As the description calls it. */
  readonly name: string;
  /** All of them are put on a request. */
  readonly proofs: readonly AuthDescriptor[];
}

export const PARAMETER_STYLES = [
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'tabDelimited',
  'deepObject',
  'json',
] as const;
/** RFC 6570 as OpenAPI names it; `json` is a text that is JSON. */
export type ParameterStyle = (typeof PARAMETER_STYLES)[number];

export interface ParameterData {
  /** Member of the input. */
  readonly key: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  /** Name on the wire. */
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode?: boolean;
  /** Reserved characters go as they are. */
  readonly reserved?: boolean;
}

export interface BodyData {
  readonly kind: 'json' | 'form' | 'multipart' | 'text' | 'bytes';
  /** Media type that is sent. */
  readonly type: string;
  /** Of members of a form, where they are not written as all are. */
  readonly parts?: Readonly<Record<string, BodyPart>>;
}

export interface BodyPart {
  readonly type?: string;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
}

export interface AnswerData {
  /** What stands in it; `location` for one that only says where something is. */
  readonly kind: 'json' | 'text' | 'bytes' | 'none' | 'location';
  readonly accept?: string;
  /** Statuses beside 2xx that the description calls an answer. */
  readonly fine?: readonly number[];
}

/** How a list goes on. `items` is a JSON pointer into the answer. */
export type PagesData = { readonly items: string } & (
  | { readonly kind: 'link' }
  | { readonly kind: 'next'; readonly next: string }
  | { readonly kind: 'cursor'; readonly parameter: string; readonly next: string }
  | { readonly kind: 'page'; readonly parameter: string; readonly first: number; readonly size?: PageSize }
  | { readonly kind: 'offset'; readonly parameter: string; readonly size?: PageSize }
);

/** By key of the parameter. */
export interface PageSize {
  readonly parameter: string;
  readonly value: number;
}

export interface OperationData {
  /** Without the key of the application. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  /** `/orders/{id}`. */
  readonly path: string;
  /** Where it is, when that is not below the address of the service; a template. */
  readonly server?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly deprecated?: boolean;
  readonly parameters: readonly ParameterData[];
  /** Its value is the member `body` of the input. */
  readonly body?: BodyData;
  readonly answer: AnswerData;
  /** Of a list: each item is a message. */
  readonly pages?: PagesData;
  readonly input: JsonSchema;
  /** Of a list: that of an item. */
  readonly output?: JsonSchema;
}
