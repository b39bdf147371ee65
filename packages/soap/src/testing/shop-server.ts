// The shop as a service of the SOAP library, as foreign to the client as a foreign service is.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ISoapServiceMethod, listen } from 'soap';

export interface ShopServer {
  readonly url: string;
  /** Inputs as the service read them. */
  readonly placed: Record<string, unknown>[];
  readonly notified: unknown[];
  close(): Promise<void>;
}

/** @param wsdl  path of the WSDL */
export async function shopServer(wsdl: string, xml: string, version: '1.1' | '1.2'): Promise<ShopServer> {
  const placed: Record<string, unknown>[] = [];
  const notified: unknown[] = [];
  const PlaceOrder = (input: Record<string, unknown>): unknown => {
    if (input.orderId === 'blocked') throw { Fault: faultOf('Client', 'The customer is blocked.', version) };
    if (input.orderId === 'full') throw { Fault: faultOf('Server', 'Out of tables.', version) };
    placed.push(input);
    return {
      orderId: input.orderId,
      number: placed.length,
      due: '2026-12-01',
      total: { attributes: { currency: 'EUR' }, $value: '10.50' },
      line: input.line,
      count: 2,
    };
  };
  const Notify = (input: unknown): void => void notified.push(input);
  const port = { PlaceOrder, Notify } as Record<string, ISoapServiceMethod>;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    listen(server, {
      path: '/shop',
      services: { Shop: { ShopPort: port, Shop12Port: port } },
      xml,
      uri: wsdl,
      forceSoap12Headers: version === '1.2',
      oneWay: { responseCode: 202 },
      callback: (error: unknown) => (error ? reject(error) : resolve()),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`,
    placed,
    notified,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function faultOf(code: 'Client' | 'Server', text: string, version: '1.1' | '1.2'): object {
  if (version === '1.1') return { faultcode: `soap:${code}`, faultstring: text, statusCode: 500 };
  const value = code === 'Client' ? 'soap:Sender' : 'soap:Receiver';
  return { Code: { Value: value, Subcode: { Value: 'shop:Refused' } }, Reason: { Text: text }, statusCode: 500 };
}
