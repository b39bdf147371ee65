// The guide on policies of routes, its commands run as they stand there.

import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlayedGuide, playGuide } from './testing/guide.ts';
import { closeNow, listening } from './testing/loopback.ts';

describe('the guide on policies of routes', () => {
  let played: PlayedGuide;
  const bodies: unknown[] = [];
  const orders = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += String(part)));
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(JSON.parse(body));
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: bodies.length, internal: true }));
    });
  });

  beforeAll(async () => {
    const url = await listening(orders);
    played = await playGuide('gateway-policies.md', { env: () => ({ ORDERS_URL: url }) });
  }, 120_000);
  afterAll(async () => {
    await played?.end();
    closeNow(orders);
  });

  test('R54: the client sees its own shape and format, the service its own', () => {
    expect(played.code, played.said()).toBe(0);
    expect(played.said()).toContain('{"number":1}');
    expect(played.said()).toContain('<?xml version="1.0" encoding="UTF-8"?><number>2</number>');
    const order = { customer: 'Ada', shop: 'berlin', lines: ['NUT-1'] };
    expect(bodies.slice(0, 2)).toEqual([order, order]);
  });

  test('what is wrong is said with its place, a key is used once, and the request too many is refused', () => {
    expect(played.said()).toMatch(/422 .*\/who.*\/article/);
    expect(played.said().match(/\{"number":3\}/g)).toHaveLength(2);
    expect(played.said()).toContain('gateway.idempotency_key_reused');
    expect(bodies).toHaveLength(3);
    expect(played.said().match(/stock \d+/g)).toEqual(['stock 200', 'stock 200', 'stock 200', 'stock 429']);
  });
});
