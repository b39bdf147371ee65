// SOAP over the sender of the SDK: its requests are measured, masked and aborted like all others, and a test answers them
// in process. The sender of the message in work comes with each call, as an option.

import type { HttpSender } from '@sluice/sdk';
import type { IHttpClient } from 'soap';

/** Options of a call of the SOAP client. */
export interface SoapCall {
  readonly sender: HttpSender;
  readonly timeoutMs: number;
}

/** What belongs to the connection, which is the sender's. */
const OF_THE_CONNECTION = /^(connection|content-length|host)$/i;

type Done = (error: unknown, response?: unknown, body?: string) => unknown;

export const soapOverSender: IHttpClient = {
  request(url: string, data: string, done: Done, headers: Record<string, string> = {}, options?: Partial<SoapCall>) {
    const { sender, timeoutMs } = options ?? {};
    const answered = async (): Promise<void> => {
      if (!sender) throw new Error('A SOAP call needs the sender of its message.');
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name)));
      const answer = await sender.exchange({
        url,
        method: 'POST',
        headers: kept,
        body: data,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      const response = { status: answer.status, headers: answer.headers, data: answer.text() };
      if (answer.status < 400) done(null, response, response.data);
      else done(Object.assign(new Error(`the ERP answered ${answer.status}`), { response }));
    };
    return answered().catch(done) as never;
  },
};
