// How one proves who asks: security schemes as what applications know.

import type { AuthDescriptor, Field, Form, OAuth2Descriptor, ServiceAuth } from '@sluice/protocol';
import { below, isObject, type Problem } from '../reading/problem.ts';
import type { References } from '../reading/references.ts';

export interface Security {
  /** What processes can use on their own comes first. */
  readonly auth: ServiceAuth[];
  /** What OpenID Connect needs to be told. */
  readonly forms: Form[];
}

type Members = Readonly<Record<string, unknown>>;

const RANK = ['oauth2', 'bearer', 'api-key', 'basic'];

/** @param serverUrl  what relative addresses are relative to; undefined when it is not known */
export function securityOf(
  document: Members,
  references: References,
  serverUrl: string | undefined,
  leftOut: Problem[],
): Security {
  const components = isObject(document['components']) ? document['components'] : {};
  const schemes = isObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  const forms: Form[] = [];
  const proofs = new Map<string, AuthDescriptor>();
  for (const [name, given] of Object.entries(schemes)) {
    const pointer = below('', 'components', 'securitySchemes', name);
    const scheme = references.follow(given, pointer)?.value;
    if (!isObject(scheme)) continue;
    const proof = proofOf(scheme, serverUrl, forms);
    if (typeof proof === 'string') leftOut.push({ pointer, message: proof });
    else proofs.set(name, proof);
  }
  const ways = requirementsOf(document, [...proofs.keys()]).flatMap((names): ServiceAuth[] => {
    const parts = names.map((name) => proofs.get(name));
    return parts.every((part) => part !== undefined) ? [{ name: names.join('+'), proofs: parts }] : [];
  });
  const rank = ({ proofs: [first] }: ServiceAuth): number => RANK.indexOf(first!.kind);
  return { auth: ways.sort((a, b) => rank(a) - rank(b)), forms };
}

/** Sets of schemes that go together: those of the document, else those of most operations, else each scheme alone. */
function requirementsOf({ security, paths }: Members, all: readonly string[]): readonly (readonly string[])[] {
  const namesOf = (requirements: unknown): string[][] =>
    (Array.isArray(requirements) ? requirements : [])
      .filter(isObject)
      .map((one) => Object.keys(one))
      .filter(({ length }) => length > 0);
  const sets = new Map<string, readonly string[]>();
  const add = (requirements: unknown): void => {
    for (const names of namesOf(requirements)) sets.set([...names].sort().join('+'), names);
  };
  add(security);
  if (sets.size === 0)
    for (const item of Object.values(isObject(paths) ? paths : {}).filter(isObject))
      for (const operation of Object.values(item).filter(isObject)) add(operation['security']);
  return sets.size > 0 ? [...sets.values()] : all.map((name) => [name]);
}

/** @returns why not, in words */
function proofOf(scheme: Members, serverUrl: string | undefined, forms: Form[]): AuthDescriptor | string {
  const { type } = scheme;
  switch (type) {
    case 'http':
      return httpProof(String(scheme['scheme']).toLowerCase());
    case 'apiKey':
      return keyProof(scheme);
    case 'oauth2':
      return oauthProof(scheme, serverUrl);
    case 'openIdConnect':
      return openIdProof(scheme, forms);
    case 'mutualTLS':
      return { kind: 'mutual-tls', options: {} };
    default:
      return `is of the type ${JSON.stringify(type ?? null).slice(0, 50)}, which nobody knows`;
  }
}

const httpProof = (scheme: string): AuthDescriptor | string =>
  scheme === 'basic' || scheme === 'bearer'
    ? { kind: scheme, options: {} }
    : `is the scheme "${scheme.slice(0, 50)}" of HTTP; basic and bearer are spoken`;

function keyProof({ name, in: place }: Members): AuthDescriptor | string {
  if (typeof name !== 'string' || !/^[\w!#$%&'*+.^`|~[\]-]{1,200}$/.test(name))
    return 'is a key without a name that can be sent';
  if (place === 'query') return { kind: 'api-key', options: { in: 'query', name, prefix: '' } };
  if (place === 'header' && /^authorization$/i.test(name))
    return { kind: 'api-key', options: { in: 'header', name: 'authorization', prefix: '' } };
  if (place === 'header') return { kind: 'api-key', options: { in: 'header', name, prefix: '' } };
  if (place === 'cookie') return { kind: 'api-key', options: { in: 'header', name: 'cookie', prefix: `${name}=` } };
  return `is a key in ${JSON.stringify(place ?? null).slice(0, 50)}; header, query and cookie are known`;
}

function oauthProof(
  { flows, 'x-scopeSeparator': separator }: Members,
  serverUrl: string | undefined,
): AuthDescriptor | string {
  const given = isObject(flows) ? flows : {};
  const common = {
    kind: 'oauth2',
    scopeSeparator: typeof separator === 'string' ? separator.slice(0, 3) : ' ',
    pkce: true,
    clientAuthentication: 'basic',
  } as const;
  for (const [flow, grant] of [
    ['authorizationCode', 'authorization-code'],
    ['deviceAuthorization', 'device-code'],
    ['clientCredentials', 'client-credentials'],
  ] as const) {
    const said = given[flow];
    if (!isObject(said)) continue;
    const tokenUrl = addressIn(said['tokenUrl'], serverUrl);
    const authorizationUrl = addressIn(said['authorizationUrl'], serverUrl);
    if (!tokenUrl) return `has no address for tokens that can be used in "${flow}"`;
    if (grant === 'authorization-code' && !authorizationUrl) return `has no address where people agree in "${flow}"`;
    const deviceAuthorizationUrl = addressIn(said['deviceAuthorizationUrl'], serverUrl);
    return {
      ...common,
      grant,
      tokenUrl,
      scopes: scopesOf(said['scopes']),
      ...(grant === 'authorization-code' ? { authorizationUrl } : {}),
      ...(deviceAuthorizationUrl ? { deviceAuthorizationUrl } : {}),
    } as OAuth2Descriptor;
  }
  return `offers ${Object.keys(given).join(', ').slice(0, 200) || 'no flow'} only, by which no process can prove itself`;
}

/** At most as many as a descriptor holds; which of them are wanted is a matter of the person who installs it. */
const scopesOf = (scopes: unknown): string[] =>
  isObject(scopes)
    ? Object.keys(scopes)
        .filter((scope) => scope !== '' && scope.length <= 500)
        .slice(0, 200)
    : [];

/** The addresses stand in a document of the provider, which is not asked for here. */
function openIdProof({ openIdConnectUrl }: Members, forms: Form[]): AuthDescriptor {
  const told = typeof openIdConnectUrl === 'string' ? ` It stands in ${openIdConnectUrl.slice(0, 1_000)}.` : '';
  const field = (key: string, label: string, member: string): Field => ({
    key,
    type: 'url',
    label,
    required: true,
    description: `What the provider calls ${member}.${told}`,
  });
  if (!forms.some(({ key }) => key === 'openid'))
    forms.push({
      key: 'openid',
      label: 'OpenID provider',
      fields: [
        field('authorizationUrl', 'Address where people agree', 'authorization_endpoint'),
        field('tokenUrl', 'Address for tokens', 'token_endpoint'),
      ],
    });
  return {
    kind: 'oauth2',
    grant: 'authorization-code',
    authorizationUrl: '{openid.authorizationUrl}',
    tokenUrl: '{openid.tokenUrl}',
    scopes: ['openid'],
    scopeSeparator: ' ',
    pkce: true,
    clientAuthentication: 'basic',
  };
}

function addressIn(url: unknown, serverUrl: string | undefined): string | undefined {
  if (typeof url !== 'string' || url === '' || /[{}]/.test(url)) return undefined;
  if (!URL.canParse(url, serverUrl)) return undefined;
  const { protocol, href } = new URL(url, serverUrl);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
