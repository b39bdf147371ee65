// A WSDL of one operation around a schema that defines its elements `Do` and `Done`.

const PARTS = [
  ['Do', 'In'],
  ['Done', 'Out'],
] as const;

/** @param schemas  contents of schemas of the namespace urn:do; what is not defined is a text */
export function wsdlOf(...schemas: readonly string[]): string {
  const all = schemas.join('');
  const missing = PARTS.filter(([name]) => !all.includes(`<xs:element name="${name}"`)).map(
    ([name]) => `<xs:element name="${name}" type="xs:string"/>`,
  );
  const types = [...schemas, ...missing].map(
    (schema) => `<xs:schema targetNamespace="urn:do" elementFormDefault="qualified">${schema}</xs:schema>`,
  );
  return `<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:do" targetNamespace="urn:do">
  <types>${types.join('')}</types>
  ${PARTS.map(([name, message]) => `<message name="${message}"><part name="p" element="tns:${name}"/></message>`).join('')}
  <portType name="PT"><operation name="Do"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="B" type="tns:PT">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Do"><soap:operation soapAction="urn:do"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
  </binding>
  <service name="S"><port name="P" binding="tns:B"><soap:address location="http://127.0.0.1:1/"/></port></service>
</definitions>`;
}

/** A WSDL of the operation `Add` in rpc style: a number and a person in, a sum out. */
export function rpcWsdl(use: 'literal' | 'encoded'): string {
  const body = `<soap:body use="${use}" namespace="urn:do"/>`;
  return `<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:do" targetNamespace="urn:do">
  <types><xs:schema targetNamespace="urn:do"><xs:complexType name="Who"><xs:sequence>
    <xs:element name="name" type="xs:string"/><xs:element name="nick" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:schema></types>
  <message name="In"><part name="a" type="xs:int"/><part name="who" type="tns:Who"/></message>
  <message name="Out"><part name="sum" type="xs:int"/></message>
  <portType name="PT"><operation name="Add"><input message="tns:In"/><output message="tns:Out"/></operation></portType>
  <binding name="B" type="tns:PT">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Add"><soap:operation soapAction="urn:do#Add"/><input>${body}</input><output>${body}</output></operation>
  </binding>
  <service name="S"><port name="P" binding="tns:B"><soap:address location="http://127.0.0.1:1/"/></port></service>
</definitions>`;
}
