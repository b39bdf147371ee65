// Messages that come in to a number: its one address for them. Twilio signs the address with the values of the form, by the auth token: what proves a
// delivery here is the secret in the address, which nobody else is told.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';

interface PhoneNumber {
  readonly sid: string;
  readonly sms_url: string | null;
}

const numberAt = (sid: string): string => path`/IncomingPhoneNumbers/${sid}.json`;

async function lead({ api }: ApplicationContext, sid: string, url: string): Promise<void> {
  const body = new URLSearchParams({ SmsUrl: url, SmsMethod: 'POST' }).toString();
  await api.send(numberAt(sid), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
}

export const webhooks: readonly Webhook[] = [
  {
    name: 'message.received',
    label: 'A message comes in',
    description:
      'A number has one address: this one takes the place of another that is there. A delivery is a form, with `From`, `To` and `Body`.',
    parameters: form('of', 'Of what', [
      field.text('number', 'Number', { required: true, description: 'SID of the number, PN….' }),
    ]),
    async subscribe({ url, parameters: { number } }, context) {
      await lead(context, String(number), url);
      return { reference: { number: String(number), url } };
    },
    /** Only while it leads here: somebody may have given the number another address since. */
    async unsubscribe(reference, context) {
      const { number, url } = reference as { number: string; url: string };
      const answer = await context.api.send(numberAt(number), { rules: { '404': 'ok' } });
      if (answer.status !== 404 && answer.json<PhoneNumber>().sms_url === url) await lead(context, number, '');
    },
    async list({ api }) {
      const answer = await api.send('/IncomingPhoneNumbers.json', { query: { PageSize: 1_000 } });
      const { incoming_phone_numbers: numbers } = answer.json<{ incoming_phone_numbers: readonly PhoneNumber[] }>();
      return numbers
        .filter((number): number is PhoneNumber & { sms_url: string } => Boolean(number.sms_url))
        .map(({ sid, sms_url: url }) => ({ reference: { number: sid, url }, url }));
    },
  },
];
