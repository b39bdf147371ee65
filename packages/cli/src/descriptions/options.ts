// What a command says of a description, and what the last import of it said.

import type { AuthDescriptor, OperationData } from '@sluice/protocol';
import { InputError } from '../exit.ts';

export interface DescriptionFlags {
  readonly key?: string;
  readonly server?: string;
  readonly auth?: string;
  readonly only?: readonly string[];
  readonly lenient?: boolean;
}

/** A folder and a part of names: nothing in it leads anywhere. */
const KEY = /^[a-z][a-z0-9-]{0,59}$/;

/** @throws InputError */
export function checkedFlags(flags: DescriptionFlags): DescriptionFlags {
  const { key, server } = flags;
  if (key !== undefined && !KEY.test(key))
    throw new InputError(`--key is 1 to 60 small letters, digits or "-", and begins with a letter, got "${key}".`);
  if (server !== undefined && !/^https?:\/\/[^{}]+$/.test(server))
    throw new InputError(`--server is an address with http:// or https://, got "${server}".`);
  return flags;
}

/** @returns undefined for the name of a scheme, which the description knows */
export function authOf(said: string | undefined): AuthDescriptor | undefined {
  if (said === 'bearer' || said === 'basic') return { kind: said, options: {} };
  const key = /^(header|query):([\w.-]{1,200})$/.exec(said ?? '');
  return key ? { kind: 'api-key', options: { in: key[1] as 'header', name: key[2]!, prefix: '' } } : undefined;
}

type Brief = Pick<OperationData, 'name' | 'method' | 'path' | 'tags'>;

/** `list-*` of names, `tag:issues`, `GET /repos/*`. */
export function chosen(patterns: readonly string[] | undefined): ((operation: Brief) => boolean) | undefined {
  if (!patterns || patterns.length === 0) return undefined;
  const tests = patterns.map((pattern) => {
    const tag = pattern.startsWith('tag:');
    const matches = globOf(tag ? pattern.slice(4) : pattern);
    return ({ name, method, path, tags = [] }: Brief): boolean =>
      tag ? tags.some(matches) : matches(pattern.includes('/') ? `${method} ${path}` : name);
  });
  return (operation) => tests.some((test) => test(operation));
}

function globOf(pattern: string): (text: string) => boolean {
  const expression = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const anchored = new RegExp(`^${expression.join('.*')}$`, 'i');
  return (text) => anchored.test(text);
}
