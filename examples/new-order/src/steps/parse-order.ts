// XML text → plain JSON. Knows XML, knows nothing of orders.

import { CustomNode, Fail, type Message } from '@sluice/sdk';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

const MAX_BYTES = 1_000_000;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  // Character references such as &#38; too; entities of the file's own are refused before.
  processEntities: true,
  htmlEntities: true,
  isArray: (name) => name === 'OrderLine',
});

export class ParseOrder extends CustomNode {
  readonly name = 'parse-order';
  override readonly description = 'Reads the XML of an order.';

  process(message: Message): unknown {
    if (message.bytes().byteLength > MAX_BYTES)
      throw new Fail('The file is larger than 1 MB, which no order is. Ask the shop what it sent.');
    let text: string;
    try {
      text = message.text();
    } catch (cause) {
      throw new Fail('The file is not UTF-8 text. Ask the shop to save its orders as UTF-8, then replay this one.', {
        cause,
      });
    }
    if (/<!DOCTYPE|<!ENTITY/i.test(text))
      throw new Fail('The file defines XML entities, which orders never need and attackers use. It was not read.');
    const fault = XMLValidator.validate(text);
    if (fault !== true)
      throw new Fail(
        `The file is not well-formed XML (line ${fault.err.line}: ${fault.err.msg}). It may be cut off; ask the shop to send it again.`,
      );
    const { Order: order } = parser.parse(text) as { Order?: unknown };
    if (typeof order !== 'object' || order === null) throw new Fail('The file is XML, but not an order.');
    return order;
  }
}
