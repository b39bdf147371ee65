import { Connector, type Context, type Message, schema } from '@sluice/sdk';
import type { Soap } from './application.ts';

abstract class SoapStep extends Connector {
  override readonly application: Soap;

  constructor(application: Soap) {
    super();
    this.application = application;
  }
}

const operationField = schema.text('Name of the operation', { minLength: 1, maxLength: 500 });

export class CallOperation extends SoapStep {
  readonly name = `${this.application.key}-call-operation`;
  override readonly description = 'Call an operation; the input is JSON as the WSDL means it';
  override readonly input = schema.object(
    { operation: operationField, input: { description: 'What the operation takes' } },
    ['operation'],
  );
  override readonly output = schema.record({ operation: schema.text(), output: {} });

  process(message: Message, context: Context) {
    const { operation, input = {} } = message.json<{ operation: string; input?: unknown }>();
    return this.application.use(context, async (service) => {
      const { http, api } = context;
      return { operation, output: await service.operation(operation).call(input, { http, api }) };
    });
  }
}

export class DescribeService extends SoapStep {
  readonly name = `${this.application.key}-describe-service`;
  override readonly description = 'Operations of the WSDL, with JSON Schemas of what they take and give';
  override readonly input = schema.object({ operation: { ...operationField, description: 'Only this one' } });
  override readonly output = schema.record({ operations: schema.list(schema.map()) });

  process(message: Message, context: Context) {
    const { operation } = message.json<{ operation?: string }>();
    return this.application.use(context, async ({ wsdl }) => ({
      operations: wsdl.services.flatMap(({ name: service, ports }) =>
        ports.flatMap(({ name: port, version, operations }) =>
          operations
            .filter(({ name }) => operation === undefined || name === operation)
            .map(({ name, input, output }) => ({ service, port, version, name, input, output: output ?? null })),
        ),
      ),
    }));
  }
}
