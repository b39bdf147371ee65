// Swagger 2.0 in the form of OpenAPI 3.0. Only what is different moves: definitions stay where they are, so that references, and
// the pointers of problems in them, lead to the same place.

import { isObject } from './problem.ts';
import { References } from './references.ts';

type Members = Readonly<Record<string, unknown>>;

/** Of a parameter: about its place, and no part of its schema. */
const OF_PARAMETER = new Set([
  'name',
  'in',
  'description',
  'required',
  'allowEmptyValue',
  'collectionFormat',
  'schema',
]);
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const STYLES: Readonly<Record<string, Members>> = {
  multi: { style: 'form', explode: true },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
};
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

export function fromSwagger(document: Members): Record<string, unknown> {
  const references = new References(document);
  const { swagger: _swagger, host, basePath, schemes, consumes, produces, securityDefinitions, ...rest } = document;
  const types = { consumes: listOf(consumes), produces: listOf(produces) };
  const paths = Object.entries(document['paths'] as Members).map(([path, given]) => {
    const item = references.follow(given, '')?.value;
    return [path, isObject(item) ? pathItem(item, references, types) : given] as const;
  });
  return {
    ...rest,
    openapi: '3.0.3',
    servers: serversOf(host, basePath, schemes),
    paths: Object.fromEntries(paths),
    components: { securitySchemes: isObject(securityDefinitions) ? securitySchemes(securityDefinitions) : {} },
  };
}

interface Types {
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
}

function pathItem(item: Members, references: References, types: Types): Record<string, unknown> {
  const shared = parametersIn(item['parameters'], references);
  const out: Record<string, unknown> = { ...item, parameters: shared.plain };
  if (!Array.isArray(item['parameters'])) delete out['parameters'];
  for (const method of METHODS) {
    const operation = item[method];
    if (isObject(operation)) out[method] = operationOf(operation, shared.content, references, types);
  }
  return out;
}

function operationOf(operation: Members, shared: readonly Members[], references: References, types: Types) {
  const { consumes, produces, parameters, responses, schemes: _schemes, ...rest } = operation;
  const own = parametersIn(parameters, references);
  const content = [...shared.filter(({ name }) => !own.content.some((one) => one['name'] === name)), ...own.content];
  const taken = Array.isArray(consumes) ? listOf(consumes) : types.consumes;
  const given = Array.isArray(produces) ? listOf(produces) : types.produces;
  const body = bodyOf(content, taken);
  return {
    ...rest,
    ...(parameters === undefined ? {} : { parameters: Array.isArray(parameters) ? own.plain : parameters }),
    ...(body ? { requestBody: body } : {}),
    ...(responses === undefined
      ? {}
      : { responses: isObject(responses) ? responsesOf(responses, references, given) : responses }),
  };
}

/** Those of paths, queries and headers in the new form; those that make a body as they are. */
function parametersIn(given: unknown, references: References): { plain: unknown[]; content: Members[] } {
  const plain: unknown[] = [];
  const content: Members[] = [];
  for (const one of Array.isArray(given) ? given : []) {
    const parameter = references.follow(one, '')?.value;
    if (!isObject(parameter)) plain.push(one);
    else if (parameter['in'] === 'body' || parameter['in'] === 'formData') content.push(parameter);
    else plain.push(plainParameter(parameter));
  }
  return { plain, content };
}

function plainParameter(parameter: Members): Members {
  const { name, in: place, description, required, collectionFormat } = parameter;
  const composed = parameter['type'] === 'array';
  const style = STYLES[String(collectionFormat)] ?? (place === 'query' ? { style: 'form', explode: false } : {});
  return {
    ...Object.fromEntries(Object.entries(parameter).filter(([key]) => key.startsWith('x-'))),
    name,
    in: place,
    ...(description === undefined ? {} : { description }),
    ...(required === undefined ? {} : { required }),
    ...(composed ? style : {}),
    schema: schemaOf(parameter),
  };
}

function schemaOf(parameter: Members): Members {
  const entries = Object.entries(parameter).filter(([key]) => !OF_PARAMETER.has(key));
  return Object.fromEntries(entries);
}

function bodyOf(content: readonly Members[], consumes: readonly string[]): Members | undefined {
  const whole = content.find((one) => one['in'] === 'body');
  if (whole) {
    const { schema = {}, required, description } = whole;
    const types = consumes.length > 0 ? consumes : ['application/json'];
    return {
      ...(description === undefined ? {} : { description }),
      ...(required === true ? { required } : {}),
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
    };
  }
  const fields = content.filter((one) => one['in'] === 'formData' && typeof one['name'] === 'string');
  if (fields.length === 0) return undefined;
  const hasFile = fields.some((one) => one['type'] === 'file');
  const type = hasFile || (consumes.includes(MULTIPART) && !consumes.includes(FORM)) ? MULTIPART : FORM;
  const required = fields.filter((one) => one['required'] === true).map((one) => one['name']);
  const described = (one: Members) => ({
    ...schemaOf(one),
    ...(one['description'] === undefined ? {} : { description: one['description'] }),
  });
  const encoding = fields
    .filter((one) => one['type'] === 'array')
    .map((one) => [one['name'], STYLES[String(one['collectionFormat'])] ?? { style: 'form', explode: false }]);
  return {
    ...(required.length > 0 ? { required: true } : {}),
    content: {
      [type]: {
        schema: {
          type: 'object',
          properties: Object.fromEntries(fields.map((one) => [one['name'], described(one)])),
          ...(required.length > 0 ? { required } : {}),
        },
        ...(encoding.length > 0 ? { encoding: Object.fromEntries(encoding) } : {}),
      },
    },
  };
}

function responsesOf(responses: Members, references: References, produces: readonly string[]): Members {
  const entries = Object.entries(responses).map(([status, given]) => {
    const response = references.follow(given, '')?.value;
    if (!isObject(response)) return [status, given];
    const { schema, examples, ...rest } = response;
    if (schema === undefined) return [status, rest];
    const isFile = isObject(schema) && schema['type'] === 'file';
    const types = produces.length > 0 ? produces : [isFile ? 'application/octet-stream' : 'application/json'];
    const media = (type: string) => ({
      schema,
      ...(isObject(examples) && Object.hasOwn(examples, type) ? { example: examples[type] } : {}),
    });
    return [status, { ...rest, content: Object.fromEntries(types.map((type) => [type, media(type)])) }];
  });
  return Object.fromEntries(entries);
}

function serversOf(host: unknown, basePath: unknown, schemes: unknown): Members[] {
  const path = typeof basePath === 'string' ? basePath : '';
  if (typeof host !== 'string' || host === '') return path === '' ? [] : [{ url: path }];
  const known = listOf(schemes).filter((one) => one === 'https' || one === 'http');
  return [{ url: `${known.includes('https') || known.length === 0 ? 'https' : known[0]}://${host}${path}` }];
}

const FLOWS: Readonly<Record<string, string>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
  implicit: 'implicit',
  password: 'password',
};

function securitySchemes(definitions: Members): Members {
  const entries = Object.entries(definitions).map(([name, given]) => {
    if (!isObject(given)) return [name, given];
    if (given['type'] === 'basic') return [name, { ...given, type: 'http', scheme: 'basic' }];
    if (given['type'] !== 'oauth2') return [name, given];
    const { flow, authorizationUrl, tokenUrl, scopes = {}, ...rest } = given;
    const kind = FLOWS[String(flow)] ?? String(flow);
    return [name, { ...rest, flows: { [kind]: { authorizationUrl, tokenUrl, scopes } } }];
  });
  return Object.fromEntries(entries);
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
