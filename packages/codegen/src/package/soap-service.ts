// What a WSDL offers, as the data of an application and its connectors.

import { free, slugOf } from '@sluice/openapi';
import type { AuthDescriptor, Form } from '@sluice/protocol';
import { type SoapOperationData, type SoapServiceData, WSSE_FORM, type Wsdl } from '@sluice/soap';

export interface SoapOptions {
  readonly key?: string | undefined;
  readonly server?: string | undefined;
  readonly auth?: 'wsse' | AuthDescriptor | undefined;
  readonly only?: ((operation: { name: string; method: 'POST'; path: string; tags: string[] }) => boolean) | undefined;
  readonly names?: ReadonlyMap<string, string> | undefined;
}

/** As an operation is found again in the next WSDL. */
export const soapEndpoint = ({ service, operation }: Pick<SoapOperationData, 'service' | 'operation'>): string =>
  `${service}/${operation}`;

/** Ports say the same in several versions of SOAP: of each operation the first is taken. */
export function soapServiceOf(
  wsdl: Wsdl,
  { key, server, auth, only, names = new Map() }: SoapOptions,
): SoapServiceData {
  const operations: SoapOperationData[] = [];
  const taken = new Set(names.values());
  const seen = new Set<string>();
  for (const service of wsdl.services)
    for (const port of service.ports)
      for (const about of port.operations) {
        const endpoint = soapEndpoint({ service: service.name, operation: about.name });
        if (seen.has(endpoint)) continue;
        seen.add(endpoint);
        const name = names.get(endpoint) ?? free(slugOf(about.name) || 'operation', taken);
        if (only && !only({ name, method: 'POST', path: `/${endpoint}`, tags: [service.name] })) continue;
        taken.add(name);
        const { documentation } = about;
        operations.push({
          name,
          operation: about.name,
          service: service.name,
          port: port.name,
          ...(documentation === undefined || documentation.trim() === ''
            ? {}
            : { description: documentation.trim().slice(0, 1_000) }),
        });
      }
  const [first] = wsdl.services;
  const address = first?.ports.map((port) => port.address).find((one) => one !== null && /^https?:/.test(one));
  const title = first?.name ?? 'SOAP';
  const wsse = auth === 'wsse';
  return {
    application: {
      key: key ?? (slugOf(title).slice(0, 60).replace(/-+$/, '') || 'soap'),
      name: title.slice(0, 200),
      baseUrl: server ?? '{settings.server}',
      forms: [...(server === undefined ? [settings(address ?? undefined)] : []), ...(wsse ? [WSSE] : [])],
      auth: auth && auth !== 'wsse' ? [{ name: auth.kind, proofs: [auth] }] : [],
      limits: [],
      operations: [],
      definitions: {},
    },
    operations,
    ...(wsse ? { usernameToken: true } : {}),
  };
}

const settings = (address: string | undefined): Form => ({
  key: 'settings',
  label: 'Settings',
  fields: [
    {
      key: 'server',
      type: 'url',
      label: 'Address of the service',
      required: true,
      ...(address === undefined ? {} : { default: address }),
    },
  ],
});

const WSSE: Form = {
  key: WSSE_FORM,
  label: 'WS-Security',
  fields: [
    { key: 'user', type: 'text', label: 'User', required: true },
    { key: 'password', type: 'password', label: 'Password', required: true },
  ],
};
