import { describe, expect, test } from 'vitest';
import { parseWsdl } from '../index.ts';
import { wsdlOf } from '../testing/wsdl-of.ts';

const input = (schema: string) => parseWsdl(wsdlOf(schema)).operation('Do').input;
const output = (schema: string) => parseWsdl(wsdlOf(schema)).operation('Do').output;
const inside = (fields: string, more = '') =>
  input(`<xs:element name="Do"><xs:complexType>${fields}</xs:complexType></xs:element>${more}`);
const typed = (name: string, type: string) => `<xs:element name="${name}" type="${type}"/>`;

describe('XML Schema as JSON Schema', () => {
  test.each([
    ['xs:string', { type: 'string' }],
    ['xs:boolean', { type: 'boolean' }],
    ['xs:unsignedByte', { type: 'integer', minimum: 0, maximum: 255 }],
    ['xs:long', { type: ['integer', 'string'] }],
    ['xs:decimal', { type: ['number', 'string'] }],
    ['xs:base64Binary', { type: 'string', contentEncoding: 'base64' }],
    ['xs:anyType', {}],
  ])('R16: %s', (type, schema) => {
    expect(inside(`<xs:sequence>${typed('f', type)}</xs:sequence>`)).toMatchObject({ properties: { f: schema } });
  });

  test('R16: elements that may be absent, come more than once, or are one of several', () => {
    const fields = `<xs:sequence><xs:element name="a" type="xs:int" minOccurs="0"/><xs:element name="b" type="xs:int" maxOccurs="3"/>
      <xs:choice><xs:element name="c" type="xs:int"/><xs:element name="d" type="xs:int"/></xs:choice>
      <xs:sequence maxOccurs="unbounded"><xs:element name="e" type="xs:string"/></xs:sequence></xs:sequence>`;
    const int = { type: 'integer' };
    expect(inside(fields)).toMatchObject({
      properties: {
        a: int,
        b: { type: 'array', items: int },
        c: int,
        d: int,
        e: { anyOf: [{ type: 'string' }, { type: 'array' }] },
      },
      required: ['b', 'e'],
      additionalProperties: false,
    });
  });

  test('what a service may send beyond its description is no mistake, what it gets is', () => {
    const schema = `<xs:element name="Do"><xs:complexType><xs:all>${typed('a', 'xs:int')}</xs:all></xs:complexType></xs:element><xs:element name="Done" type="xs:string"/>`;
    expect(input(schema)).toHaveProperty('additionalProperties', false);
    const open = `<xs:element name="Do"><xs:complexType><xs:sequence><xs:any/></xs:sequence></xs:complexType></xs:element>`;
    expect(input(open)).not.toHaveProperty('additionalProperties');
  });

  test('facets of restricted types', () => {
    const types = `<xs:simpleType name="Code"><xs:restriction base="tns:Word"><xs:pattern value="[A-Z]{2}\\d+"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Word"><xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Size"><xs:restriction base="xs:string"><xs:enumeration value="S"/><xs:enumeration value="L"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Share"><xs:restriction base="xs:decimal"><xs:minExclusive value="0"/><xs:maxInclusive value="1"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Odd"><xs:restriction base="xs:string"><xs:pattern value="\\i\\c*"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Either"><xs:union memberTypes="tns:Size xs:int"/></xs:simpleType>
      <xs:simpleType name="Words"><xs:list itemType="xs:string"/></xs:simpleType>`;
    const names = ['Code', 'Size', 'Share', 'Odd', 'Either', 'Words'];
    const schema = inside(
      `<xs:sequence>${names.map((name) => typed(name, `tns:${name}`)).join('')}</xs:sequence>`,
      types,
    );
    expect(schema).toMatchObject({
      properties: {
        Code: { type: 'string', maxLength: 9, pattern: '^(?:(?:[A-Z]{2}\\d+))$' },
        Size: { type: 'string', enum: ['S', 'L'] },
        Share: { exclusiveMinimum: 0, maximum: 1 },
        Odd: { type: 'string' },
        Either: { anyOf: [{ enum: ['S', 'L'] }, { type: 'integer' }] },
        Words: { type: 'string' },
      },
    });
    expect((schema.properties as Record<string, object>).Odd).not.toHaveProperty('pattern');
  });

  test('extensions have what they extend, groups and references what they stand for', () => {
    const more = `<xs:complexType name="Base"><xs:sequence>${typed('a', 'xs:int')}</xs:sequence><xs:attribute name="id" type="xs:int" use="required"/></xs:complexType>
      <xs:group name="G"><xs:sequence>${typed('c', 'xs:int')}</xs:sequence></xs:group>
      <xs:attributeGroup name="A"><xs:attribute name="lang" type="xs:string"/></xs:attributeGroup>
      <xs:element name="shared" type="xs:date"/>`;
    const fields = `<xs:complexContent><xs:extension base="tns:Base"><xs:sequence>${typed('b', 'xs:int')}<xs:group ref="tns:G"/><xs:element ref="tns:shared" minOccurs="0"/></xs:sequence><xs:attributeGroup ref="tns:A"/></xs:extension></xs:complexContent>`;
    expect(inside(fields, more)).toMatchObject({
      properties: {
        a: { type: 'integer' },
        b: { type: 'integer' },
        c: { type: 'integer' },
        shared: { type: 'string' },
        attributes: { properties: { id: { type: 'integer' }, lang: { type: 'string' } }, required: ['id'] },
      },
      required: ['a', 'b', 'c', 'attributes'],
    });
  });

  test('what contains itself is a reference, also without a name of its own', () => {
    const tree = `<xs:element name="tree"><xs:complexType><xs:sequence><xs:element ref="tns:tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>`;
    expect(inside('<xs:sequence><xs:element ref="tns:tree"/></xs:sequence>', tree)).toMatchObject({
      properties: { tree: { $ref: '#/$defs/tree' } },
      $defs: { tree: { properties: { tree: { items: { $ref: '#/$defs/tree' } } } } },
    });
  });

  test.each([
    [
      'a type that extends itself',
      '<xs:sequence><xs:element name="a" type="tns:T"/></xs:sequence>',
      '<xs:complexType name="T"><xs:complexContent><xs:extension base="tns:T"/></xs:complexContent></xs:complexType>',
    ],
    [
      'a group that contains itself',
      '<xs:group ref="tns:G"/>',
      '<xs:group name="G"><xs:sequence><xs:group ref="tns:G"/></xs:sequence></xs:group>',
    ],
    [
      'a simple type that restricts itself',
      '<xs:sequence><xs:element name="a" type="tns:S"/></xs:sequence>',
      '<xs:simpleType name="S"><xs:restriction base="tns:S"/></xs:simpleType>',
    ],
    [
      'an element that is itself',
      '<xs:sequence><xs:element ref="tns:e"/></xs:sequence>',
      '<xs:element name="e" ref="tns:e"/>',
    ],
  ])('%s is refused with its line', (_, fields, more) => {
    expect(() => inside(fields, more)).toThrow(/line \d+: .*(itself|nested)/);
  });

  test('what may be nil may be null, and attributes of an answer are texts', () => {
    const schema = `<xs:element name="Do" type="xs:string"/><xs:element name="Done"><xs:complexType><xs:sequence>
      <xs:element name="all" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="x" type="xs:int" minOccurs="0"/></xs:sequence><xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element>
      <xs:element name="nil" type="xs:int" nillable="true"/></xs:sequence></xs:complexType></xs:element>`;
    expect(output(schema)).toMatchObject({
      properties: {
        all: { type: 'object', properties: { attributes: { properties: { n: { type: 'string' } } } } },
        nil: { type: ['integer', 'null'] },
      },
    });
  });
});
