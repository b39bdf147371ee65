// Where a service is: its servers as the template of a base address, their variables as fields of a form.

import { type Field, type Form, isHostname } from '@sluice/protocol';
import { below, isObject, type Problem } from '../reading/problem.ts';

export interface Address {
  readonly baseUrl: string;
  readonly forms: Form[];
}

const FORM = 'settings';
const whole: Field = {
  key: 'server',
  type: 'url',
  label: 'Address of the service',
  required: true,
  placeholder: 'https://api.example.com',
};

/** @param servers  of the document, or of an operation that is elsewhere */
export function addressOf(servers: unknown, pointer: string, leftOut: Problem[]): Address {
  const given = (Array.isArray(servers) ? servers : []).filter(isObject);
  const [first] = given;
  const urls = given.map(({ url }) => url);
  if (given.length > 1 && urls.every((url) => typeof url === 'string' && isAbsolute(url) && !url.includes('{')))
    return asChoice(given);
  if (given.length > 1) leftOut.push({ pointer, message: `names ${given.length} servers; the first one is taken` });
  return first && typeof first['url'] === 'string'
    ? oneServer(first['url'], first, below(pointer, 0), leftOut)
    : asked('');
}

const isAbsolute = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url) && !new URL(url).username;
const trimmed = (url: string): string => url.replace(/[?#].*$/, '').replace(/\/+$/, '');

/** The whole address is the user's, before a path of the description. */
function asked(path: string): Address {
  return { baseUrl: `{${FORM}.server}${trimmed(path)}`, forms: [{ key: FORM, label: 'Settings', fields: [whole] }] };
}

function asChoice(given: readonly Record<string, unknown>[]): Address {
  const choices = given.map(({ url, description }) => ({
    value: trimmed(String(url)).slice(0, 1_000),
    label: (typeof description === 'string' && description !== '' ? description : String(url)).slice(0, 200),
  }));
  const distinct = [...new Map(choices.map((choice) => [choice.value, choice])).values()];
  if (distinct.length === 1) return { baseUrl: distinct[0]!.value, forms: [] };
  const field: Field = {
    key: 'server',
    type: 'select',
    label: 'Server',
    required: true,
    default: distinct[0]!.value,
    choices: distinct,
  };
  return { baseUrl: `{${FORM}.server}`, forms: [{ key: FORM, label: 'Settings', fields: [field] }] };
}

function oneServer(url: string, server: Record<string, unknown>, pointer: string, leftOut: Problem[]): Address {
  const variables = isObject(server['variables']) ? server['variables'] : {};
  const about = (name: string) => (Object.hasOwn(variables, name) && isObject(variables[name]) ? variables[name] : {});
  // A scheme is no question, and what is not described at all cannot be asked in words.
  const settled = url.replace(/^\{([^{}]+)\}(?=:\/\/)/, (_all, name: string) =>
    String(about(name)['default']) === 'http' ? 'http' : 'https',
  );
  const fields: Field[] = [];
  const template = settled.replaceAll(/\{([^{}]*)\}/g, (_all, name: string, at: number) => {
    const field = fieldOf(name, about(name), fields, at === 0);
    return `{${FORM}.${field.key}}`;
  });
  const literal = template.replaceAll(/\{[\w.-]+\}/g, 'x');
  if (template.startsWith('{')) return { baseUrl: trimmed(template), forms: [formWith(fields)] };
  if (!isAbsolute(literal)) {
    if (!/^(\/|\.|$)/.test(url))
      leftOut.push({ pointer, message: `is no address: "${url.slice(0, 200)}"; users are asked for it` });
    return asked(template.startsWith('/') && fields.length === 0 ? template : '');
  }
  return { baseUrl: trimmed(template).slice(0, 2_000), forms: fields.length > 0 ? [formWith(fields)] : [] };
}

const formWith = (fields: Field[]): Form => ({ key: FORM, label: 'Settings', fields });

function fieldOf(name: string, about: Record<string, unknown>, fields: Field[], isWhole: boolean): Field {
  const plain =
    name
      .replaceAll(/[^\w-]/g, '_')
      .replace(/^[^A-Za-z]+/, '')
      .slice(0, 100) || 'part';
  const known = fields.find(({ key, label }) => key === plain && label === name);
  if (known) return known;
  let key = plain;
  for (let n = 2; fields.some((one) => one.key === key); n++) key = `${plain}${n}`;
  const { default: usual, description } = about;
  const choices = Array.isArray(about['enum'])
    ? about['enum'].filter((one): one is string => typeof one === 'string' && one.length <= 1_000).slice(0, 1_000)
    : [];
  const field: Field = {
    key,
    type: choices.length > 0 ? 'select' : isWhole ? 'url' : 'text',
    label: name.slice(0, 200) || 'Part of the address',
    required: true,
    ...(typeof usual === 'string' && usual !== '' ? { default: usual.slice(0, 1_000) } : {}),
    ...(typeof description === 'string' && description !== '' ? { description: description.slice(0, 2_000) } : {}),
    ...(choices.length > 0 ? { choices: choices.map((value) => ({ value, label: value || '(none)' })) } : {}),
    ...(typeof usual === 'string' && !isWhole && isHostname(usual) ? { placeholder: usual.slice(0, 1_000) } : {}),
  };
  fields.push(field);
  return field;
}
