import { type Context, type Message, schema } from '@sluice/sdk';
import { PipedriveBatch } from './step.ts';

interface Input {
  readonly term: string;
  readonly kinds?: readonly string[];
  readonly exact?: boolean;
}

const KINDS = ['deal', 'person', 'organization', 'product', 'lead', 'file', 'project'];

export class SearchItems extends PipedriveBatch {
  readonly name = `${this.application.key}-search-items`;
  override readonly description = 'Records of any kind that have a term in them, the best first, one message each';
  override readonly input = schema.object(
    {
      term: schema.text('What to look for; two characters or more, one when exact', { minLength: 1 }),
      kinds: schema.list(schema.choice(KINDS), 'Only these kinds', { minItems: 1 }),
      exact: schema.flag('Only what is the same as the term; default: false'),
    },
    ['term'],
  );
  override readonly output = schema.record({ result_score: schema.number(), item: schema.map() });

  process(message: Message, context: Context) {
    const { term, kinds, exact } = message.json<Input>();
    return this.page('/api/v2/itemSearch', { term, item_types: kinds?.join(','), exact_match: exact }, context, 100);
  }
}
