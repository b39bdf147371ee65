import { CustomNode, type Message, schema } from '@sluice/sdk';
import { readXml, writeXml } from '../text/xml.ts';
import { given, type TextInput, textFields, textOf, textOutput } from './content.ts';

export class ParseXml extends CustomNode {
  readonly name = 'parse-xml';
  override readonly description =
    'XML as a JSON value: attributes begin with @, elements that come several times are lists';
  override readonly input = schema.object(textFields, ['content']);
  override readonly output = schema.record({ value: schema.map() });

  process(message: Message) {
    return { value: readXml(textOf(message.json<TextInput>())) };
  }
}

export class FormatXml extends CustomNode {
  readonly name = 'format-xml';
  override readonly description = 'Write a JSON value as XML; its one member is the root';
  override readonly input = schema.object(
    { value: schema.map('The value, such as {"order": {"@id": "7", "line": ["a", "b"]}}') },
    ['value'],
  );
  override readonly output = textOutput;

  process(message: Message) {
    return given(writeXml(message.json<{ value: Record<string, unknown> }>().value), 'application/xml; charset=utf-8');
  }
}
