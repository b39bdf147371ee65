// Any service that has a WSDL: it is read once for each install, and kept.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BasicAuth,
  type ClientSource,
  credentialsForm,
  field,
  form,
  guardedWire,
  type HttpRequest,
  HttpSender,
  type Install,
} from '@sluice/sdk';
import { fetchWsdl, parseWsdl, type SoapService, soapService, usernameToken } from '@sluice/soap';
import { logo } from './logo.ts';

const KINDS = { none: 'Nothing', basic: 'User and password (HTTP Basic)', token: 'User and password (WS-Security)' };
const account = { when: { field: 'kind', in: ['basic', 'token'] }, required: true };

class SoapAuth implements Auth {
  readonly descriptor = { kind: 'custom' as const };
  readonly form = credentialsForm([
    field.select('kind', 'Who asks is proven by', KINDS, { default: 'none' }),
    field.text('user', 'User', account),
    field.password('password', 'Password', account),
  ]);
  readonly #basic = new BasicAuth();

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    return install?.value('credentials', 'kind') === 'basic' ? this.#basic.sign(request, install) : request;
  }
}

export class Soap extends Application implements ClientSource<SoapService> {
  readonly key: string = 'soap';
  readonly name: string = 'SOAP service';
  override readonly categories = ['protocols'] as const;
  override readonly description: string =
    'Any service that has a WSDL: operations take JSON and give JSON, faults become failures by their code.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.w3.org/TR/soap';
  readonly baseUrl: string = '{settings.endpoint}';
  override readonly auth: Auth = new SoapAuth();
  override readonly forms = [
    form('settings', 'Service', [
      field.url('endpoint', 'Address of the service', {
        required: true,
        description: 'Inside a private network the operator of the worker opens it with SLUICE_ALLOWED_ADDRESSES.',
      }),
      field.url('wsdl', 'Address of its WSDL', { placeholder: 'https://erp.example.com/soap?wsdl' }),
      field.file('wsdlFile', 'Or the WSDL as a file', {
        accept: ['text/xml', 'application/xml', 'application/wsdl+xml'],
        maxBytes: 4_194_304,
      }),
      field.text('service', 'Service', { maxLength: 500, description: 'When the WSDL has several.' }),
      field.text('port', 'Port', { maxLength: 500, description: 'When the service has several.' }),
    ]),
  ];

  async open(install: Install): Promise<SoapService> {
    const text = (name: string) => install.value<string>('settings', name) || undefined;
    const [service, port] = [text('service'), text('port')];
    const file = install.value<{ name: string; base64: string }>('settings', 'wsdlFile');
    const isToken = install.value('credentials', 'kind') === 'token';
    return soapService({
      wsdl: file
        ? parseWsdl(Buffer.from(file.base64, 'base64').toString('utf8'))
        : await fetchWsdl(install.text('settings', 'wsdl'), { sender: new HttpSender({ wire: guardedWire() }) }),
      endpoint: install.text('settings', 'endpoint'),
      ...(service ? { service } : {}),
      ...(port ? { port } : {}),
      ...(isToken
        ? {
            security: usernameToken({
              username: (one) => one!.text('credentials', 'user'),
              password: (one) => one!.text('credentials', 'password'),
            }),
          }
        : {}),
    });
  }

  close(): void {}

  async use<R>(context: ApplicationContext, work: (service: SoapService) => Promise<R>): Promise<R> {
    return context.clients.use(this, await context.install(), work);
  }

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async ({ wsdl }) => {
      const count = wsdl.services.flatMap(({ ports }) => ports.flatMap(({ operations }) => operations)).length;
      return `The WSDL is read; it has ${count} operations.`;
    });
  }
}
