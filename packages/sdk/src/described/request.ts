// From the input of an operation to its request.

import { excerpt, type OperationData } from '@sluice/protocol';
import { segment } from '../http/path.ts';
import type { RequestOptions } from '../http/request.ts';
import { Fail } from '../step/errors.ts';
import { bodyOf } from './body.ts';
import { inHeader, inPath, inQuery } from './parameters.ts';

export type Input = Readonly<Record<string, unknown>>;

/** @throws Fail `step.input_invalid` for a value that cannot stand where it belongs */
export function requestOf(
  operation: OperationData,
  input: Input,
): { readonly path: string; readonly options: RequestOptions } {
  const { method, server, parameters, body, answer } = operation;
  const query: string[] = [];
  const cookies: string[] = [];
  const headers: Record<string, string> = answer.accept === undefined ? {} : { accept: answer.accept };
  for (const parameter of parameters) {
    const value = given(input, parameter.key);
    if (value === undefined || parameter.in === 'path') continue;
    if (parameter.in === 'query') query.push(...inQuery(parameter, value));
    else {
      const text = headerText(parameter.key, inHeader(parameter, value));
      if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = text;
      else cookies.push(`${parameter.name}=${encodeURIComponent(text)}`);
    }
  }
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');
  const content = given(input, 'body');
  const sent = body && content !== undefined ? bodyOf(body, content) : {};
  return {
    path: `${pathOf(operation, input)}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    options: {
      method,
      ...sent,
      headers: { ...headers, ...sent.headers },
      ...(server === undefined ? {} : { baseUrl: server }),
    },
  };
}

function pathOf({ path, parameters }: OperationData, input: Input): string {
  const filled = path.replaceAll(/\{([^{}]*)\}/g, (_all, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    const value = parameter && given(input, parameter.key);
    if (value === undefined) throw invalid(`"${name}" is missing, which is a part of the path ${path}`);
    return inPath(parameter!, value, segment);
  });
  // A style may put a dot before a value that is one.
  if (filled.split('/').some((part) => part === '.' || part === '..'))
    throw invalid(`the path ${path} would lead elsewhere`);
  return filled;
}

function headerText(key: string, text: string): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw invalid(`"${key}" cannot be sent as a header: "${excerpt(text)}"`);
  return text;
}

/** Nothing is sent for null: no style has a word for it. */
function given(input: Input, key: string): unknown {
  const value = Object.hasOwn(input, key) ? input[key] : undefined;
  return value === null && key !== 'body' ? undefined : value;
}

const invalid = (why: string): Fail =>
  new Fail(`The input does not fit: ${why}.`, { code: 'step.input_invalid', problems: [why] });
