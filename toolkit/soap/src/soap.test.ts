import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { type LiveWorker, liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { listen } from 'soap';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('SOAP, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const WSDL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:example:erp" targetNamespace="urn:example:erp">
  <types><xsd:schema targetNamespace="urn:example:erp" elementFormDefault="qualified">
    <xsd:element name="CreateOrder"><xsd:complexType><xsd:sequence>
      <xsd:element name="customer" type="xsd:string"/><xsd:element name="sku" type="xsd:string" maxOccurs="unbounded"/>
    </xsd:sequence></xsd:complexType></xsd:element>
    <xsd:element name="CreateOrderResponse"><xsd:complexType><xsd:sequence>
      <xsd:element name="order" type="xsd:string"/>
    </xsd:sequence></xsd:complexType></xsd:element>
  </xsd:schema></types>
  <message name="In"><part name="parameters" element="tns:CreateOrder"/></message>
  <message name="Out"><part name="parameters" element="tns:CreateOrderResponse"/></message>
  <portType name="ErpPortType"><operation name="CreateOrder"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="ErpBinding" type="tns:ErpPortType">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="CreateOrder"><soap:operation soapAction="urn:example:erp:CreateOrder"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
  </binding>
  <service name="Erp"><port name="ErpPort" binding="tns:ErpBinding"><soap:address location="http://erp.example.com/soap"/></port></service>
</definitions>`;

describe('R16: any SOAP service, by its WSDL', () => {
  let server: Server;
  let worker: LiveWorker;
  const asked: string[] = [];
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/soap`;
    const CreateOrder = ({ customer, sku }: { customer: string; sku: string[] }) => {
      if (customer === 'busy') throw { Fault: { faultcode: 'soap:Server', faultstring: 'try later', statusCode: 500 } };
      if (customer === 'blocked')
        throw { Fault: { faultcode: 'soap:Client', faultstring: 'blocked', statusCode: 500 } };
      return { order: `SO for ${customer}: ${[sku].flat().join('+')}` };
    };
    await new Promise<void>((resolve) => {
      listen(server, '/soap', { Erp: { ErpPort: { CreateOrder } } }, WSDL, () => resolve());
    });
    server.prependListener('request', ({ method, url }) => asked.push(`${method} ${url}`));
    const settings = { endpoint, wsdl: `${endpoint}?wsdl` };
    const install = (user: string, change: object, credentials: object = {}) => ({
      application: 'soap',
      user,
      token: false as const,
      settings: { settings: { ...settings, ...change }, credentials: credentials as Record<string, string> },
    });
    worker = liveWorker({
      steps,
      installs: [
        install('default', {}),
        install('file', {
          wsdl: '',
          wsdlFile: { name: 'erp.wsdl', contentType: 'text/xml', base64: Buffer.from(WSDL).toString('base64') },
        }),
        install('bomb', {
          wsdl: '',
          wsdlFile: {
            name: 'x',
            contentType: 'text/xml',
            base64: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>').toString('base64'),
          },
        }),
        install('eve', { wsdl: 'http://169.254.169.254/?wsdl' }),
      ],
    });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await worker[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });
  const call = (customer: string, user = 'default') =>
    worker.run('soap-call-operation', { operation: 'CreateOrder', input: { customer, sku: ['a', 'b'] } }, { user });

  test('operations take JSON and give JSON; the WSDL is read once', async () => {
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({
      ok: true,
      value: { detail: expect.stringContaining('1 operations') },
    });
    for (const user of ['default', 'default', 'file'])
      expect((await call('Jensen & Søn', user)).json()).toEqual({
        operation: 'CreateOrder',
        output: { order: 'SO for Jensen & Søn: a+b' },
      });
    expect(asked.filter((one) => one.startsWith('GET'))).toHaveLength(1);
    expect((await worker.run('soap-describe-service')).json()).toMatchObject({
      operations: [{ service: 'Erp', port: 'ErpPort', name: 'CreateOrder', input: { required: ['customer', 'sku'] } }],
    });
  });

  test('faults say whether another attempt may help; what is no WSDL, or not to be reached, is said to be so', async () => {
    expect((await call('blocked')).outcome).toMatchObject({ kind: 'fail', code: 'soap.fault.Client' });
    expect((await call('busy')).outcome).toMatchObject({ kind: 'redeliver' });
    expect((await worker.run('soap-call-operation', { operation: 'Other' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'soap.wsdl',
    });
    expect((await worker.run('soap-call-operation', {})).outcome).toMatchObject({
      kind: 'fail',
      code: 'step.input_invalid',
    });
    expect((await call('x', 'bomb')).outcome).toMatchObject({ kind: 'fail', code: 'soap.wsdl' });
    expect((await call('x', 'eve')).outcome).toMatchObject({ kind: 'fail', code: 'http.address_refused' });
  });
});
