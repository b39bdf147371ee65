// Whether an operation gives a list, and how that goes on: said by the description (`x-sluice-pages`, `x-ms-pageable`), or known by
// the names that services use.

import type { PagesData, ParameterData } from '@sluice/protocol';
import { below, isObject } from '../reading/problem.ts';
import type { References } from '../reading/references.ts';
import type { Schema } from '../reading/schemas.ts';
import type { ReadAnswer } from './bodies.ts';

type Members = Readonly<Record<string, unknown>>;

const LISTS = [
  'items',
  'data',
  'results',
  'value',
  'values',
  'records',
  'entries',
  'list',
  'resources',
  'objects',
  'content',
];
const PAGE = /^(page|page_?number|page_?no|page_?index|p)$/i;
const OFFSET = /^(offset|skip|start|start_?index|start_?at|from|\$skip)$/i;
const SIZE = /^(per_?page|page_?size|limit|page_?limit|max_?results|count|size|top|\$top|take|results_?per_?page)$/i;
const CURSOR =
  /^(cursor|after|starting_?after|page_?token|next_?page_?token|continuation(_?token)?|next_?token|next_?cursor|marker|bookmark|scroll_?id|start_?cursor|page_?cursor|token)$/i;
const NEXT_CURSOR =
  /^(next_?cursor|cursor|next_?page_?token|next_?token|continuation(_?token)?|page_?token|end_?cursor|next_?page_?cursor|next_?marker|after|bookmark|scroll_?id)$/i;
const NEXT_ADDRESS = /^(next|next_?(page|link|url|page_?url)|@odata\.nextLink)$/i;
/** Members in which services put what they say of a page. */
const AROUND = [
  ...['', '/meta', '/metadata', '/paging', '/pagination', '/page', '/page_info', '/pageInfo', '/links', '/_links'],
  ...['/response_metadata', '/cursors', '/next', '/paging/next', '/paging/cursors', '/meta/pagination'],
];

interface Lists {
  readonly operation: Members;
  readonly method: string;
  readonly parameters: readonly ParameterData[];
  readonly properties: readonly (readonly [string, Schema])[];
  readonly first: ReadAnswer['first'];
  readonly references: References;
}

/** @returns with where the schema of an item is */
export function pagesOf(
  given: Lists,
): { readonly pages: PagesData; readonly item: { schema: unknown; pointer: string } } | undefined {
  const { operation, method, first, references } = given;
  if (!first) return undefined;
  const said = operation['x-sluice-pages'];
  if (said === false) return undefined;
  const members = new AnswerMembers(references, first);
  const own = isObject(said) ? said : pageable(operation['x-ms-pageable']);
  const items = typeof own?.['items'] === 'string' ? own['items'] : members.list();
  if (items === undefined) return undefined;
  const pages = own ? pagesSaid(own, items) : method === 'GET' ? known(given, items, members) : undefined;
  if (!pages) return undefined;
  const item = members.itemOf(items);
  return item && { pages, item };
}

const pageable = (said: unknown): Members | undefined => {
  if (!isObject(said) || typeof said['nextLinkName'] !== 'string') return undefined;
  return { kind: 'next', next: below('', said['nextLinkName']), items: below('', String(said['itemName'] ?? 'value')) };
};

/** As the description says it, in the words of `PagesData`. */
function pagesSaid(said: Members, items: string): PagesData | undefined {
  const { kind, parameter, next, first = 1, size } = said;
  const pageSize =
    isObject(size) && typeof size['parameter'] === 'string' && typeof size['value'] === 'number'
      ? { size: { parameter: size['parameter'], value: size['value'] } }
      : {};
  if (kind === 'link') return { kind, items };
  if (kind === 'next' && typeof next === 'string') return { kind, items, next };
  if (typeof parameter !== 'string') return undefined;
  if (kind === 'cursor' && typeof next === 'string') return { kind, items, parameter, next };
  if (kind === 'page' && typeof first === 'number') return { kind, items, parameter, first, ...pageSize };
  return kind === 'offset' ? { kind, items, parameter, ...pageSize } : undefined;
}

function known({ parameters, properties, first }: Lists, items: string, members: AnswerMembers): PagesData | undefined {
  const query = parameters.filter((one) => one.in === 'query');
  const named = (pattern: RegExp) => query.find(({ name }) => pattern.test(name));
  if (first!.headers.includes('link')) return { kind: 'link', items };
  const cursor = named(CURSOR);
  const next = cursor && members.find(NEXT_CURSOR);
  if (cursor && next !== undefined) return { kind: 'cursor', items, parameter: cursor.key, next };
  const address = members.find(NEXT_ADDRESS) ?? members.find(/^href$/i, '/_links/next');
  const schemaOf = (key: string): Members => {
    const schema = properties.find(([name]) => name === key)?.[1];
    return isObject(schema) ? schema : {};
  };
  const counted = named(PAGE) ?? named(OFFSET);
  if (address !== undefined && members.isText(address)) return { kind: 'next', items, next: address };
  if (!counted || !isWhole(schemaOf(counted.key))) return undefined;
  const size = named(SIZE);
  const { maximum, default: usual } = size ? schemaOf(size.key) : {};
  const value = [maximum, usual, 100].find((one): one is number => typeof one === 'number' && one >= 1 && one <= 1_000);
  const sized = size && isWhole(schemaOf(size.key)) ? { size: { parameter: size.key, value: value! } } : {};
  if (!PAGE.test(counted.name)) return { kind: 'offset', items, parameter: counted.key, ...sized };
  const { default: start, minimum } = schemaOf(counted.key);
  return { kind: 'page', items, parameter: counted.key, first: start === 0 || minimum === 0 ? 0 : 1, ...sized };
}

const isWhole = ({ type }: Members): boolean => [type].flat().some((one) => one === 'integer' || one === 'number');

/** The members of an answer, over references and `allOf`. */
class AnswerMembers {
  readonly #references: References;
  readonly #first: { readonly schema: unknown; readonly pointer: string };

  constructor(references: References, first: { readonly schema: unknown; readonly pointer: string }) {
    this.#references = references;
    this.#first = first;
  }

  /** Where the one list is. */
  list(): string | undefined {
    if (this.#isList(this.#first)) return '';
    const lists = [...this.#membersOf(this.#first)].filter(([, member]) => this.#isList(member)).map(([name]) => name);
    const named = LISTS.find((name) => lists.includes(name));
    const found = named ?? (lists.length === 1 ? lists[0] : undefined);
    return found === undefined ? undefined : below('', found);
  }

  find(pattern: RegExp, around?: string): string | undefined {
    for (const holder of around === undefined ? AROUND : [around]) {
      const at = this.#at(holder);
      const name = at && [...this.#membersOf(at).keys()].find((one) => pattern.test(one));
      if (name !== undefined && !this.#isList(this.#membersOf(at!).get(name)!)) return `${holder}${below('', name)}`;
    }
    return undefined;
  }

  isText(pointer: string): boolean {
    const found = this.#at(pointer);
    const schema = found && this.#follow(found)?.schema;
    return (
      isObject(schema) &&
      ([schema['type']].flat().includes('string') || schema['type'] === undefined) &&
      schema['properties'] === undefined
    );
  }

  itemOf(items: string): { schema: unknown; pointer: string } | undefined {
    const list = this.#at(items);
    const found = list && this.#follow(list);
    if (!found || !isObject(found.schema)) return undefined;
    return { schema: found.schema['items'] ?? {}, pointer: below(found.pointer, 'items') };
  }

  #at(pointer: string): { schema: unknown; pointer: string } | undefined {
    let found: { schema: unknown; pointer: string } | undefined = this.#first;
    for (const part of pointer.split('/').slice(1)) {
      found = found && this.#membersOf(found).get(part.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
    return found;
  }

  #follow({ schema, pointer }: { schema: unknown; pointer: string }) {
    const found = this.#references.follow(schema, pointer);
    return found && { schema: found.value, pointer: found.pointer };
  }

  #isList(given: { schema: unknown; pointer: string }): boolean {
    const found = this.#follow(given)?.schema;
    return isObject(found) && [found['type']].flat().includes('array');
  }

  #membersOf(
    given: { schema: unknown; pointer: string },
    depth = 0,
  ): Map<string, { schema: unknown; pointer: string }> {
    const members = new Map<string, { schema: unknown; pointer: string }>();
    const found = this.#follow(given);
    if (!found || !isObject(found.schema) || depth > 5) return members;
    const { properties, allOf } = found.schema;
    for (const [index, part] of (Array.isArray(allOf) ? allOf : []).entries())
      for (const [name, member] of this.#membersOf(
        { schema: part, pointer: below(found.pointer, 'allOf', index) },
        depth + 1,
      ))
        members.set(name, member);
    for (const [name, schema] of isObject(properties) ? Object.entries(properties) : [])
      members.set(name, { schema, pointer: below(found.pointer, 'properties', name) });
    return members;
  }
}
