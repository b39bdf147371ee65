import { type Verification, VerificationSchema } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { checkDelivery } from './check.ts';
import { signDelivery } from './sign.ts';

const NOW = 1_800_000_000_000;
const BODY = Buffer.from('{"id":"evt_1","event_id":"Ev1","text":"größer"}');
const KINDS: Record<string, Verification> = {
  github: { kind: 'github' },
  stripe: { kind: 'stripe' },
  shopify: { kind: 'shopify' },
  slack: { kind: 'slack' },
  zendesk: { kind: 'zendesk' },
  'hmac of the body': VerificationSchema.parse({ kind: 'hmac', header: 'X-Sig', algorithm: 'sha1', prefix: 'sha1=' }),
  'hmac with a time': VerificationSchema.parse({
    kind: 'hmac',
    header: 'X-Sig',
    algorithm: 'sha512',
    encoding: 'base64',
    timestampHeader: 'X-Time',
    separator: ':',
  }),
  'hmac with a secret of bytes': VerificationSchema.parse({
    kind: 'hmac',
    header: 'X-Mac',
    prefix: 'hmac-sha256=',
    secretEncoding: 'base64',
  }),
  'basic authentication': VerificationSchema.parse({ kind: 'basic' }),
  'a token in a header': { kind: 'token', in: 'header', name: 'X-Token' },
  'a token in the query': { kind: 'token', in: 'query', name: 'token' },
};
const TIMED = ['stripe', 'slack', 'zendesk', 'hmac with a time'];
const SIGNED = [
  'github',
  'stripe',
  'shopify',
  'slack',
  'zendesk',
  'hmac of the body',
  'hmac with a secret of bytes',
  'hmac with a time',
];

const those = (names: readonly string[]) => Object.entries(KINDS).filter(([name]) => names.includes(name));

const sent = (verification: Verification, { secret = 'secret', body = BODY, at = NOW } = {}) => {
  const { headers, query } = signDelivery(verification, secret, body, at);
  const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { headers: small, query, body };
};
const check = (verification: Verification, delivery: ReturnType<typeof sent>, secret = 'secret') =>
  checkDelivery({ verification }, secret, delivery, NOW);

describe('deliveries of services', () => {
  describe.each(Object.entries(KINDS))('%s', (_, verification) => {
    test('what was signed with the secret is genuine', () => {
      expect(check(verification, sent(verification))).toMatchObject({ ok: true });
    });

    test('another secret, no proof at all, an empty secret and a proof sent twice are refused', () => {
      const forged = { ok: false, fault: 'forged' };
      const genuine = sent(verification);
      expect(check(verification, sent(verification, { secret: 'other' }))).toMatchObject(forged);
      expect(check(verification, { ...genuine, headers: {}, query: {} })).toMatchObject(forged);
      expect(check(verification, sent(verification, { secret: '' }), '')).toMatchObject(forged);
      const twice = (values: object) =>
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value, value]]));
      expect(
        checkDelivery(
          { verification },
          'secret',
          { ...genuine, headers: twice(genuine.headers), query: twice(genuine.query) },
          NOW,
        ),
      ).toMatchObject(forged);
    });
  });

  describe.each(those(SIGNED))('%s', (_, verification) => {
    test('a body changed by one byte is refused, and so is half a signature', () => {
      const changed = Buffer.from(BODY);
      changed[changed.length - 2]! ^= 1;
      expect(check(verification, { ...sent(verification), body: changed })).toMatchObject({ fault: 'forged' });
      const { headers, ...rest } = sent(verification);
      const cut = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, value.slice(0, -4)]));
      expect(check(verification, { headers: cut, ...rest })).toMatchObject({ fault: 'forged' });
    });
  });

  describe.each(those(TIMED))('%s', (_, verification) => {
    test('one signed long ago, or in the future, is refused; its time cannot be changed', () => {
      for (const at of [NOW - 301_000, NOW + 301_000])
        expect(check(verification, sent(verification, { at }))).toEqual({ ok: false, fault: 'too-old', seconds: 301 });
      expect(check(verification, sent(verification, { at: NOW - 299_000 }))).toMatchObject({ ok: true });
      const old = sent(verification, { at: NOW - 400_000 });
      const young = Object.fromEntries(
        Object.entries(old.headers).map(([key, value]) => [
          key,
          value
            .replace(String((NOW - 400_000) / 1_000), String(NOW / 1_000))
            .replace(new Date(NOW - 400_000).toISOString(), new Date(NOW).toISOString()),
        ]),
      );
      expect(check(verification, { ...old, headers: young })).toMatchObject({ fault: 'forged' });
    });
  });

  test('GitHub and Slack sign as their documentation shows', () => {
    expect(signDelivery({ kind: 'github' }, "It's a Secret to Everybody", 'Hello, World!').headers).toEqual({
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    });
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(
      signDelivery({ kind: 'slack' }, '8f742231b10e8888abcd99yyyzzz85a5', body, 1_531_420_618_000).headers,
    ).toEqual({
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      'x-slack-request-timestamp': '1531420618',
    });
  });

  test('Stripe signs with several secrets while one changes', () => {
    const { headers, ...rest } = sent({ kind: 'stripe' });
    const [time, mine] = headers['stripe-signature']!.split(',');
    const both = { 'stripe-signature': `${time},v1=${'0'.repeat(64)},${mine},v0=${'1'.repeat(64)}` };
    expect(check({ kind: 'stripe' }, { headers: both, ...rest })).toMatchObject({ ok: true });
    const many = { 'stripe-signature': `${time},${'v1=00,'.repeat(1_000)}${mine}` };
    expect(check({ kind: 'stripe' }, { headers: many, ...rest })).toMatchObject({ fault: 'forged' });
  });

  test('the same delivery has the same id, wherever the service says it', () => {
    const id = (verification: Verification, headers: Record<string, string> = {}, deliveryIdHeader?: string) => {
      const delivery = sent(verification);
      const all = { ...delivery, headers: { ...delivery.headers, ...headers } };
      const checked = checkDelivery({ verification, deliveryIdHeader }, 'secret', all, NOW);
      return checked.ok ? checked.id : checked;
    };
    expect(id({ kind: 'github' }, { 'x-github-delivery': 'd1' })).toBe('header d1');
    expect(id({ kind: 'shopify' }, { 'x-shopify-webhook-id': 'd2' })).toBe('header d2');
    expect(id({ kind: 'stripe' })).toBe('body evt_1');
    expect(id({ kind: 'slack' })).toBe('body Ev1');
    expect(id({ kind: 'address' }, { 'x-delivery': 'd3' }, 'X-Delivery')).toBe('header d3');
    expect(id({ kind: 'address' })).toBeNull();
    expect(id(KINDS['hmac of the body']!)).toBeNull();
    expect(id(KINDS['hmac with a time']!)).toMatch(/^signature /);
  });

  test('notifications of Microsoft Graph repeat the secret, every one of them', () => {
    const graph: Verification = { kind: 'microsoft-graph' };
    const said = (...states: unknown[]) =>
      check(graph, {
        headers: {},
        query: {},
        body: Buffer.from(JSON.stringify({ value: states.map((clientState) => ({ clientState })) })),
      });
    expect(said('secret', 'secret')).toMatchObject({ ok: true });
    const forged = { ok: false, fault: 'forged' };
    for (const states of [[], ['other'], ['secret', 'other'], [null], [{}]])
      expect(said(...states)).toMatchObject(forged);
    for (const body of ['', '{}', '[]', 'null', '{"value":[null]}', 'value=secret'])
      expect(check(graph, { headers: {}, query: {}, body: Buffer.from(body) }), body).toMatchObject(forged);
    const long = 's'.repeat(200);
    const body = Buffer.from(JSON.stringify({ value: [{ clientState: 's'.repeat(128) }] }));
    expect(checkDelivery({ verification: graph }, long, { headers: {}, query: {}, body }, NOW)).toMatchObject({
      ok: true,
    });
  });
});
