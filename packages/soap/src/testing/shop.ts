// WSDL of a shop, as tools write them: types in a schema of its own namespace beside the WSDL, lists, attributes, nil, dates.

const TYPES = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:example:types" targetNamespace="urn:example:types" elementFormDefault="qualified">
  <xs:simpleType name="Quantity"><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Currency"><xs:restriction base="xs:string"><xs:enumeration value="EUR"/><xs:enumeration value="DKK"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="t:Currency" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Line">
    <xs:sequence>
      <xs:element name="sku" type="xs:string"/>
      <xs:element name="quantity" type="t:Quantity"/>
      <xs:element name="price" type="t:Money" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="number" type="xs:int"/>
  </xs:complexType>
  <xs:complexType name="Party">
    <xs:sequence>
      <xs:element name="name" type="xs:string"/>
      <xs:element name="since" type="xs:date" minOccurs="0"/>
      <xs:element name="parent" type="t:Party" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="Company">
    <xs:complexContent><xs:extension base="t:Party"><xs:sequence><xs:element name="vat" type="xs:string" nillable="true"/></xs:sequence></xs:extension></xs:complexContent>
  </xs:complexType>
</xs:schema>`;

const binding = (version: '' | '12'): string => `
  <wsdl:binding name="Shop${version}Binding" type="tns:ShopPortType">
    <soap${version}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="PlaceOrder">
      <soap${version}:operation soapAction="urn:example:shop/PlaceOrder"/>
      <wsdl:input><soap${version}:body use="literal"/></wsdl:input>
      <wsdl:output><soap${version}:body use="literal"/></wsdl:output>
    </wsdl:operation>
    <wsdl:operation name="Notify">
      <soap${version}:operation soapAction="urn:example:shop/Notify"/>
      <wsdl:input><soap${version}:body use="literal"/></wsdl:input>
    </wsdl:operation>
  </wsdl:binding>`;

const WSDL = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions targetNamespace="urn:example:shop" xmlns:tns="urn:example:shop" xmlns:t="urn:example:types"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="urn:example:shop" elementFormDefault="qualified">
      <xs:import namespace="urn:example:types" schemaLocation="types.xsd"/>
      <xs:element name="PlaceOrder">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="orderId" type="xs:string"/>
            <xs:element name="customer" type="t:Company"/>
            <xs:element name="line" type="t:Line" maxOccurs="unbounded"/>
            <xs:element name="placedAt" type="xs:dateTime"/>
            <xs:element name="express" type="xs:boolean" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="PlaceOrderResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="orderId" type="xs:string"/>
            <xs:element name="number" type="xs:long"/>
            <xs:element name="due" type="xs:date"/>
            <xs:element name="total" type="t:Money"/>
            <xs:element name="line" type="t:Line" minOccurs="0" maxOccurs="unbounded"/>
            <xs:element name="remark" type="xs:string" nillable="true" minOccurs="0"/>
            <xs:element name="count" type="t:Quantity" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="Notify"><xs:complexType><xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="PlaceOrderIn"><wsdl:part name="parameters" element="tns:PlaceOrder"/></wsdl:message>
  <wsdl:message name="PlaceOrderOut"><wsdl:part name="parameters" element="tns:PlaceOrderResponse"/></wsdl:message>
  <wsdl:message name="NotifyIn"><wsdl:part name="parameters" element="tns:Notify"/></wsdl:message>
  <wsdl:portType name="ShopPortType">
    <wsdl:operation name="PlaceOrder">
      <wsdl:documentation>Places an order.</wsdl:documentation>
      <wsdl:input message="tns:PlaceOrderIn"/><wsdl:output message="tns:PlaceOrderOut"/>
    </wsdl:operation>
    <wsdl:operation name="Notify"><wsdl:input message="tns:NotifyIn"/></wsdl:operation>
  </wsdl:portType>${binding('')}${binding('12')}
  <wsdl:service name="Shop">
    <wsdl:port name="ShopPort" binding="tns:ShopBinding"><soap:address location="http://127.0.0.1:1/shop"/></wsdl:port>
    <wsdl:port name="Shop12Port" binding="tns:Shop12Binding"><soap12:address location="http://127.0.0.1:1/shop12"/></wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;

/** Files by name. */
export const SHOP = { 'shop.wsdl': WSDL, 'types.xsd': TYPES } as const;

export const ORDER = {
  orderId: 'A-1',
  customer: { name: 'Hansen & Søn <ApS>', vat: null },
  line: [
    { attributes: { number: 1 }, sku: 'S-1', quantity: 2, price: { attributes: { currency: 'DKK' }, $value: 12.5 } },
    { sku: 'S-2', quantity: 1 },
  ],
  placedAt: '2026-11-25T09:00:00Z',
};
