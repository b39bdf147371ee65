// AWS Signature Version 4: a request that proves an access key, by a signature over method, path, query, headers and body.

import { createHash, createHmac } from 'node:crypto';
import { mergeHeaders } from '../http/headers.ts';
import { type HttpRequest, type SettledRequest, settle } from '../http/request.ts';
import { decodedBytes, encoded, encodedBytes, pairsOf, sortedPairs } from './encoding.ts';
import type { Moment } from './moment.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** As it stands in the scope: `s3`, `sqs`, `execute-api`. */
  readonly service: string;
  /** S3 only, and only over https: leave the body out of the signature. */
  readonly unsignedPayload?: boolean;
}

/** Headers that somebody on the way may change. */
const NOT_SIGNED = new Set(['authorization', 'connection', 'expect', 'te', 'transfer-encoding', 'user-agent']);

/**
 * The request with an `Authorization: AWS4-HMAC-SHA256` header. All its headers are signed. Path (of S3) and query are
 * sent in the spelling that is signed, so that both sides read the same.
 */
export function signAws(
  request: HttpRequest,
  credentials: AwsCredentials,
  { now }: Pick<Moment, 'now'>,
): SettledRequest {
  const { accessKeyId, sessionToken, region, service, unsignedPayload = false } = credentials;
  const settled = settle(request);
  const isS3 = /^s3/.test(service);
  const url = spelled(new URL(settled.url), isS3);
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const bodyHash = isS3 && unsignedPayload ? 'UNSIGNED-PAYLOAD' : sha256(settled.body ?? '');
  const headers = mergeHeaders(settled.headers, {
    'x-amz-date': time,
    ...(isS3 ? { 'x-amz-content-sha256': bodyHash } : {}),
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  });
  const signed = headersToSign({ host: url.host, ...lowerCased(headers) });
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    settled.method.toUpperCase(),
    isS3 ? url.pathname : encodedTwice(url.pathname),
    sortedPairs(pairsOf(url.search.slice(1))),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    bodyHash,
  ].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`;
  return { ...settled, url: url.href, headers: mergeHeaders(headers, { authorization }) };
}

/** A plus in a query is a blank to some services and a plus to others: only what has one meaning is sent. */
function spelled(url: URL, isS3: boolean): URL {
  const respelled = new URL(url);
  if (isS3)
    respelled.pathname = url.pathname
      .split('/')
      .map((segment) => encodedBytes(decodedBytes(segment)))
      .join('/');
  respelled.search = url.search
    .slice(1)
    .split('&')
    .map(
      (pair) =>
        pairsOf(pair).map(
          ([name, value]) => `${encodedBytes(name)}${pair.includes('=') ? `=${encodedBytes(value)}` : ''}`,
        )[0] ?? '',
    )
    .filter((pair) => pair !== '')
    .join('&');
  respelled.hash = '';
  return respelled;
}

/** All services but S3 encode what is encoded already, and see no empty segments. */
function encodedTwice(path: string): string {
  return path
    .replace(/\/{2,}/g, '/')
    .split('/')
    .map(encoded)
    .join('/');
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function headersToSign(headers: Record<string, string>): [name: string, value: string][] {
  return Object.entries(headers)
    .filter(([name]) => !NOT_SIGNED.has(name))
    .map(([name, value]): [string, string] => [name, value.trim().replace(/\s+/g, ' ')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
