// Records of one kind, which a regular API lists, reads, makes, changes and deletes alike: five rows of a table from one.

import type { JsonSchema } from '@sluice/protocol';
import { schema } from '../step/json-schema.ts';
import { type Endpoint, type EndpointTable, namesIn, type Properties } from './endpoint.ts';

type Verb = 'list' | 'get' | 'create' | 'update' | 'delete';

export interface Resource {
  /** As in the name of a connector for one: `task`. */
  readonly one: string;
  /** As in the name of a connector that lists. Default: `<one>s`. */
  readonly many?: string;
  /** In a sentence. Default: "a task", "Tasks". */
  readonly words?: { readonly one: string; readonly many: string };
  /** Where they are: `/tasks`. */
  readonly path: string;
  /** Where one is: `/tasks/{task_id}`; the last name is that of its id. Default: `<path>/{id}`. */
  readonly item?: string;
  /** Schemas of what stands in the paths. */
  readonly at?: Properties;
  /** What a list can be narrowed by. */
  readonly filters?: Properties;
  /** What can be written. */
  readonly fields?: Properties;
  /** What a new one needs. */
  readonly needs?: readonly string[];
  /** What processes usually need of an answer; all else is there as well. */
  readonly output: JsonSchema;
  /** Default: all five. */
  readonly verbs?: readonly Verb[];
  /** How a change is sent. Default: `PATCH`. */
  readonly update?: 'PATCH' | 'PUT' | 'POST';
  /** What is otherwise in one of them. */
  readonly but?: Readonly<Partial<Record<Verb, Partial<Endpoint>>>>;
}

export function resource(of: Resource): EndpointTable {
  const { one, many = `${one}s`, path, item = `${path}/{id}`, at = {}, fields = {}, needs = [], output } = of;
  const words = of.words ?? wordsOf(one, many);
  const id = namesIn(item).at(-1)!;
  const places = { [id]: schema.text(`Id of the ${one.replaceAll('-', ' ')}`), ...at };
  const rows: Record<Verb, readonly [string, Endpoint]> = {
    list: [
      `list-${many}`,
      {
        ...base(places, output),
        request: `GET ${path}`,
        description: `${words.many}, one message each`,
        query: of.filters ?? {},
      },
    ],
    get: [`get-${one}`, { ...base(places, output), request: `GET ${item}`, description: `Read ${words.one}` }],
    create: [
      `create-${one}`,
      { ...base(places, output), request: `POST ${path}`, description: `Make ${words.one}`, body: fields, needs },
    ],
    update: [
      `update-${one}`,
      {
        ...base(places, output),
        request: `${of.update ?? 'PATCH'} ${item}`,
        description: `Change ${words.one}; what is not given stays`,
        body: fields,
      },
    ],
    delete: [
      `delete-${one}`,
      {
        ...base(places, schema.record({ [id]: places[id]!, deleted: schema.flag() })),
        request: `DELETE ${item}`,
        description: `Delete ${words.one}`,
        gives: (input) => ({ [id]: input[id], deleted: true }),
      },
    ],
  };
  const verbs = of.verbs ?? (Object.keys(rows) as Verb[]);
  return Object.fromEntries(verbs.map((verb) => [rows[verb][0], { ...rows[verb][1], ...of.but?.[verb] }]));
}

const base = (path: Properties, output: JsonSchema) => ({ path, output });

function wordsOf(one: string, many: string): { one: string; many: string } {
  const name = one.replaceAll('-', ' ');
  const all = many.replaceAll('-', ' ');
  return { one: `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`, many: all[0]!.toUpperCase() + all.slice(1) };
}
