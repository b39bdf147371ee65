// Cases that most applications have alike.

import type { ApplicationCaseInput } from './files.ts';

type Json = ApplicationCaseInput['answers'];
type Shown = Omit<ApplicationCaseInput['exchanges'][number], 'answer'> | string;

const exchange = (shown: Shown) => (typeof shown === 'string' ? { request: shown } : shown);

/**
 * The test of the connection: once it works, once it does not.
 * @param refused  status and body of the refusal, and what it fails with: `shop.forbidden: Not yours`
 */
export function connectionCases(
  shown: Shown,
  answer: unknown,
  detail: string,
  refused: { readonly status: number; readonly answer: unknown; readonly fails: `${string}: ${string}` },
): ApplicationCaseInput[] {
  const colon = refused.fails.indexOf(': ');
  const fails = { code: refused.fails.slice(0, colon), says: refused.fails.slice(colon + 2) };
  const answered = (status: number, json: unknown) => [{ ...exchange(shown), answer: { status, json: json as Json } }];
  return [
    {
      title: 'the connection works',
      invoke: { operation: 'test' },
      exchanges: answered(200, answer),
      answers: { detail },
    },
    {
      title: 'the connection does not work',
      invoke: { operation: 'test' },
      exchanges: answered(refused.status, refused.answer),
      fails,
    },
  ];
}

/** R33: what a field of a form offers. */
export const choicesCase = (
  at: `${string}.${string}`,
  shown: Shown,
  answer: unknown,
  choices: readonly (readonly [value: string, label: string])[],
): ApplicationCaseInput => {
  const [form, field] = at.split('.') as [string, string];
  return {
    title: `R33: ${at} offers what there is`,
    invoke: { operation: 'choices', form, field },
    exchanges: [{ ...exchange(shown), answer: { json: answer as Json } }],
    answers: choices.map(([value, label]) => ({ value, label })),
  };
};

/** R17: a subscription that ends, and one that is gone already. */
export const endingCases = (
  event: string,
  reference: unknown,
  shown: Shown,
  { ok = { status: 204 }, gone = { status: 404 } }: { readonly ok?: Ended; readonly gone?: Ended } = {},
): ApplicationCaseInput[] =>
  (
    [
      ['it ends', ok],
      ['one that is gone is fine', gone],
    ] as const
  ).map(([title, answer]) => ({
    title: `R17: ${title}`,
    invoke: { operation: 'webhook.unsubscribe', event, reference },
    exchanges: [{ ...exchange(shown), answer: answer as { status: number } }],
  }));

interface Ended {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
}

/** R17: a subscription as it is asked for. */
export const subscribeCase = (
  event: string,
  parameters: Readonly<Record<string, unknown>>,
  shown: Shown,
  answer: unknown,
  answers: unknown,
): ApplicationCaseInput => ({
  title: `R17: ${event} is subscribed to`,
  invoke: {
    operation: 'webhook.subscribe',
    event,
    url: 'https://sluice.example.com/hooks/1',
    secret: 'whsec',
    parameters,
  },
  exchanges: [{ ...exchange(shown), answer: { json: answer as Json } }],
  answers: answers as Json,
});

/** Subscriptions of an event that the service has, and no others. */
export const subscriptionsCase = (
  event: string,
  shown: Shown,
  answer: unknown,
  answers: unknown,
): ApplicationCaseInput => ({
  title: 'subscriptions of the event are listed, and no others',
  invoke: { operation: 'webhook.list', event },
  exchanges: [{ ...exchange(shown), answer: { json: answer as Json } }],
  answers: answers as Json,
});
