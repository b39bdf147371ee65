// Exchanges of a SOAP service, made from the schemas of its WSDL.

import type { Json, JsonSchema } from '@sluice/protocol';
import { Application } from '@sluice/sdk';
import { describedSoap, type SoapServiceData, type Wsdl, writeAnswer } from '@sluice/soap';
import { Sampler } from '../sampling/sample.ts';
import type { Exchanges } from './described.ts';
import type { Exchange } from './exchange.ts';
import { type GivenAnswer, recorded } from './record.ts';

class Nobody extends Application {
  readonly key: string;
  readonly name = 'Nobody';
  readonly baseUrl = 'https://service.invalid';

  constructor(key: string) {
    super();
    this.key = key;
  }
}

/** A token with time and nonce is another one each time: exchanges are written without. */
export async function soapExchangesOf({ usernameToken: _, ...data }: SoapServiceData, wsdl: Wsdl): Promise<Exchanges> {
  const service = describedSoap(data, wsdl);
  const application = new Nobody(data.application.key);
  const exchanges: Exchange[] = [];
  const without: { operation: string; reason: string }[] = [];
  for (const { name } of data.operations) {
    const operation = service.operation(name);
    try {
      const input = sampleOf(operation.input);
      const answer = await answerOf(wsdl, operation.about, operation.output);
      const Connector = service.connector(name);
      exchanges.push({
        operation: name,
        input,
        calls: [await recorded(new Connector(application), input, answer, null)],
      });
    } catch (error) {
      without.push({ operation: name, reason: (error as Error).message });
    }
  }
  return { exchanges, without };
}

type About = Parameters<typeof writeAnswer>[1];

async function answerOf(wsdl: Wsdl, about: About, output: JsonSchema): Promise<GivenAnswer> {
  if (about.oneWay) return { status: 202, headers: {} };
  const type = about.version === '1.2' ? 'application/soap+xml; charset=utf-8' : 'text/xml; charset=utf-8';
  return { status: 200, headers: { 'content-type': type }, text: await writeAnswer(wsdl, about, sampleOf(output)) };
}

function sampleOf({ $defs, ...schema }: JsonSchema): Json {
  const sample = new Sampler(($defs ?? {}) as Record<string, JsonSchema>).sample(schema);
  if (sample === undefined) throw new Error('no value could be made that its schema takes');
  return sample;
}
