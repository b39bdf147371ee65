// A strict store on this machine: it takes a request only when its signature is the one that another implementation of AWS
// Signature Version 4 makes of it, and its body is the one that was signed.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import aws4 from 'aws4';

export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-of-the-test' };

export function s3Server(): Server {
  const objects = new Map<string, { bytes: Buffer; contentType: string }>();
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const fault = faultOf(request, bytes);
    if (fault) return refuse(response, 403, 'SignatureDoesNotMatch', fault);
    answer(objects, request, response, bytes);
  });
}

function faultOf({ method, url, headers }: IncomingMessage, bytes: Buffer): string | null {
  const authorization = headers.authorization ?? '';
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(bytes).digest('hex'))
    return 'the body is another one';
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')]));
  const mine = aws4.sign(
    {
      service: 's3',
      region: 'eu-test-1',
      method: method!,
      path: url!,
      host: headers.host!,
      headers: signed,
      body: bytes.length > 0 ? bytes : '',
      extraHeadersToIgnore: { 'content-length': true },
    } as never,
    CREDENTIALS,
  );
  const signatureOf = (text: string) => /Signature=(\w+)/.exec(text)?.[1];
  return signatureOf(String((mine.headers as Record<string, string>).Authorization)) === signatureOf(authorization) &&
    authorization !== ''
    ? null
    : 'the signature is another one';
}

function answer(
  objects: Map<string, { bytes: Buffer; contentType: string }>,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
): unknown {
  const { pathname, searchParams } = new URL(url!, 'http://s3');
  const [, bucket, ...rest] = pathname.split('/');
  if (bucket !== 'shop') return refuse(response, 404, 'NoSuchBucket', 'The specified bucket does not exist');
  const key = decodeURIComponent(rest.join('/'));
  const object = objects.get(key);
  if (key === '') return list(objects, searchParams, response);
  if (key.startsWith('slow')) return refuse(response, 503, 'SlowDown', 'Please reduce your request rate.');
  if (method === 'PUT') {
    if (headers['if-none-match'] && object)
      return refuse(response, 412, 'PreconditionFailed', 'At least one precondition failed');
    const source = headers['x-amz-copy-source'] as string | undefined;
    const from = source === undefined ? undefined : objects.get(decodeURIComponent(source.replace('/shop/', '')));
    if (source !== undefined && !from) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
    objects.set(key, from ?? { bytes, contentType: String(headers['content-type']) });
    response
      .writeHead(200, { etag: '"e"' })
      .end(source === undefined ? '' : '<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>');
  } else if (method === 'DELETE') {
    objects.delete(key);
    response.writeHead(204).end();
  } else if (object) response.writeHead(200, { 'content-type': object.contentType, etag: '"e"' }).end(object.bytes);
  else refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
}

function list(objects: Map<string, { bytes: Buffer }>, query: URLSearchParams, response: ServerResponse): void {
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
  const page = keys.slice(0, Number(query.get('max-keys')));
  const contents = page.map(
    (key) =>
      `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/')}</Key><Size>${objects.get(key)!.bytes.length}</Size><ETag>"e"</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
  );
  const more =
    keys.length > page.length
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${Buffer.from(page.at(-1)!).toString('base64')}</NextContinuationToken>`
      : '<IsTruncated>false</IsTruncated>';
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><ListBucketResult>${more}${contents.join('')}</ListBucketResult>`);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
