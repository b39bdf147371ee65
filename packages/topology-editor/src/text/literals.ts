// Values of TypeScript text that can be known without running it: literals, lists and objects of them.
//
// Nothing is evaluated. What is no literal is refused with its place, so text from a stranger can do nothing.

import type { SyntaxNode } from '@lezer/common';

export class TextFault extends Error {
  readonly from: number;
  readonly to: number;

  constructor(message: string, { from, to }: { from: number; to: number }) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

export const sliceOf = (text: string, { from, to }: SyntaxNode): string => text.slice(from, to);

export function* childrenOf(node: SyntaxNode): Iterable<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) if (!/Comment$/.test(child.name)) yield child;
}

/** Values between brackets and commas. */
export function elementsOf(node: SyntaxNode): SyntaxNode[] {
  return [...childrenOf(node)].filter(({ name }) => !/^[[\](){},]$/.test(name));
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
};

function unescaped(body: string): string {
  return body.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, point?: string, unit?: string, byte?: string, char?: string) => {
      const code = point ?? unit ?? byte;
      if (code !== undefined) {
        const value = Number.parseInt(code, 16);
        return value <= 0x10ffff ? (point ? String.fromCodePoint(value) : String.fromCharCode(value)) : '\ufffd';
      }
      return char === '\r\n' ? '' : (SIMPLE[char!] ?? char!);
    },
  );
}

export interface Member {
  readonly name: string;
  readonly property: SyntaxNode;
  readonly key: SyntaxNode;
  readonly value: SyntaxNode;
}

/** Members of an object in order; those that are spread in come as a member without a key. */
export function membersOf(text: string, object: SyntaxNode): (Member | { readonly spread: SyntaxNode })[] {
  if (object.name !== 'ObjectExpression') throw new TextFault('An object in braces is expected here.', object);
  return elementsOf(object).map((property) => {
    const parts = [...childrenOf(property)];
    if (property.name === 'Property' && parts[0]?.name === 'Spread' && parts[1]) return { spread: parts[1] };
    const colon = parts.findIndex(({ name }) => name === ':');
    const value = parts.at(-1);
    if (property.name !== 'Property' || colon < 1 || !value || parts.length !== colon + 2)
      throw new TextFault('A member is written as `name: value`.', property);
    const key = parts.slice(0, colon).find(({ name }) => name !== '[' && name !== ']');
    if (!key) throw new TextFault('A member needs a name.', property);
    return { name: keyText(text, key), property, key, value };
  });
}

function keyText(text: string, key: SyntaxNode): string {
  if (key.name === 'PropertyDefinition' || key.name === 'PropertyName') return sliceOf(text, key);
  if (key.name === 'String' || key.name === 'Number') return String(literalOf(text, key));
  throw new TextFault('The name of a member is a plain word or a text in quotes.', key);
}

/**
 * @param spread  reads what is spread into an object; without it nothing may be
 * @throws TextFault with the place of what is no literal
 */
export function literalOf(text: string, node: SyntaxNode, spread?: (node: SyntaxNode) => object): unknown {
  const written = sliceOf(text, node);
  switch (node.name) {
    case 'String':
      return unescaped(written.slice(1, -1));
    case 'TemplateString':
      if (node.getChild('Interpolation')) throw new TextFault('A text cannot have parts that are computed.', node);
      return unescaped(written.slice(1, -1).replaceAll('\r\n', '\n'));
    case 'Number': {
      const value = Number(written.replaceAll('_', ''));
      if (!Number.isFinite(value)) throw new TextFault('This number is too large.', node);
      return value;
    }
    case 'UnaryExpression': {
      const [sign, operand] = [...childrenOf(node)];
      if (operand?.name === 'Number' && sliceOf(text, sign!) === '-') return -Number(literalOf(text, operand));
      break;
    }
    case 'BooleanLiteral':
      return written === 'true';
    case 'null':
      return null;
    case 'ArrayExpression':
      return elementsOf(node).map((element) => literalOf(text, element, spread));
    case 'ObjectExpression': {
      const object: Record<string, unknown> = {};
      for (const member of membersOf(text, node)) {
        if ('spread' in member) {
          if (!spread) throw new TextFault('Only `extra({ … })` can be spread here.', member.spread);
          define(object, spread(member.spread));
        } else define(object, { [member.name]: literalOf(text, member.value, spread) });
      }
      return object;
    }
    case 'ParenthesizedExpression': {
      const [inner] = elementsOf(node);
      if (inner) return literalOf(text, inner, spread);
    }
  }
  throw new TextFault(
    'Only values can stand here: text, numbers, true, false, null, lists and objects. Code is not run in the browser.',
    node,
  );
}

/** As own members, whatever they are called. */
function define(object: object, members: object): void {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}
