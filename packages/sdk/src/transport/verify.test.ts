import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signatureFault } from './verify.ts';

const NOW = 1_700_000_000_000;
const BODY = Buffer.from('{"body":"žluť"}');
const sign = (secret: string, text = `${NOW / 1000}./calls.{"body":"žluť"}`, t = NOW / 1000): string =>
  `t=${t},v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
const fault = (
  header: string | string[] | undefined,
  { path = '/calls', body = BODY, now = NOW } = {},
): string | null => signatureFault('new', header, path, body, now);

test('a request signed with the secret is the platform’s, also when it was signed with another one as well', () => {
  expect(fault(sign('new'))).toBeNull();
  expect(fault(`${sign('old')},${sign('new').split(',')[1]}`)).toBeNull();
});

test('any other request is refused with what is wrong', () => {
  expect(fault(undefined)).toContain('has no sluice-signature');
  expect(fault([sign('new')])).toContain('has no sluice-signature');
  expect(fault('t=1,v1=')).toContain('has no sluice-signature');
  expect(fault(sign('other'))).toContain('another secret');
  expect(fault(sign('new'), { path: '/connector/pay/action' })).toContain('changed on its way');
  expect(fault(sign('new'), { body: Buffer.from('{"body":"zlut"}') })).toContain('changed on its way');
});

test('a copied request is of use for five minutes, and its time cannot be changed', () => {
  expect(fault(sign('new'), { now: NOW + 299_000 })).toBeNull();
  expect(fault(sign('new'), { now: NOW + 301_000 })).toContain('clocks');
  expect(fault(sign('new'), { now: NOW - 301_000 })).toContain('clocks');
  expect(fault(sign('new', undefined, NOW / 1000 + 600), { now: NOW + 600_000 })).toContain('changed on its way');
});
