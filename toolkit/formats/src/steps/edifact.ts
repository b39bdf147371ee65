import { CustomNode, type Message, schema } from '@sluice/sdk';
import { type Interchange, readEdifact, writeEdifact } from '../edifact/edifact.ts';
import { given, invalid, MAX_ROWS, type TextInput, textFields, textOf, textOutput } from './content.ts';

const one = schema.text('One character', { minLength: 1, maxLength: 1 });
const segments = (description: string) =>
  schema.list(
    schema.object(
      {
        tag: schema.text('Such as BGM', { pattern: '^[A-Z0-9]{2,6}$' }),
        elements: schema.list(schema.list(schema.text('A component'), 'Components of an element'), 'Elements'),
      },
      ['tag', 'elements'],
    ),
    description,
    { minItems: 1, maxItems: MAX_ROWS },
  );
const delimiters = schema.object(
  { component: one, element: one, decimal: one, release: one, terminator: one },
  ['component', 'element', 'decimal', 'release', 'terminator'],
  { description: 'The characters between parts; default: those of the standard' },
);

export class ParseEdifact extends CustomNode {
  readonly name = 'parse-edifact';
  override readonly description = 'Segments of an EDIFACT interchange; what it says of its counts is checked';
  override readonly input = schema.object(textFields, ['content']);
  override readonly output = schema.record({ delimiters: schema.map(), segments: schema.list(schema.map()) });

  process(message: Message) {
    const text = textOf(message.json<TextInput>());
    try {
      return readEdifact(text, MAX_ROWS);
    } catch (cause) {
      throw invalid('EDIFACT', (cause as Error).message, cause);
    }
  }
}

export class FormatEdifact extends CustomNode {
  readonly name = 'format-edifact';
  override readonly description =
    'Write segments as an EDIFACT interchange, with its UNA; characters with a meaning are escaped';
  override readonly input = schema.object(
    { segments: segments('Segments in their order, UNB and UNZ included'), delimiters },
    ['segments'],
  );
  override readonly output = textOutput;

  process(message: Message) {
    try {
      return given(writeEdifact(message.json<Interchange>()), 'application/EDIFACT');
    } catch (cause) {
      throw invalid('interchange', (cause as Error).message, cause);
    }
  }
}
