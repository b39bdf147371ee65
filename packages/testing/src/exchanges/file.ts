// The exchanges of an imported description, as `sluice openapi import` and `sluice wsdl import` write them.

import { z } from 'zod';

const Content = { json: z.json().optional(), text: z.string().optional(), base64: z.string().optional() };
const Headers = z.record(z.string(), z.string());

const CallSchema = z.strictObject({
  cursor: z.string().optional(),
  request: z.strictObject({ method: z.string(), path: z.string(), headers: Headers, ...Content }),
  answer: z.strictObject({ status: z.number().int(), headers: Headers, ...Content }),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('forward'), same: z.enum(['answer', 'input']).optional(), ...Content }),
    z.strictObject({ kind: z.literal('split'), items: z.number().int(), cursor: z.string().optional() }),
  ]),
});
export type WrittenCall = z.infer<typeof CallSchema>;

export const ExchangesSchema = z.array(
  z.strictObject({ operation: z.string(), input: z.json(), calls: z.array(CallSchema).min(1) }),
);
export type WrittenExchange = z.infer<typeof ExchangesSchema>[number];

export const bytesOf = ({ json, text, base64 }: Pick<WrittenCall['answer'], 'json' | 'text' | 'base64'>): Buffer =>
  base64 === undefined
    ? Buffer.from(json === undefined ? (text ?? '') : JSON.stringify(json))
    : Buffer.from(base64, 'base64');
