// The reference pages as text, from the tables that the product itself works by.

import { FAULTS, OUTCOME_TABLE, SCOPES } from '@sluice/protocol';
import { describeConfig } from '@sluice/standalone';
import { RepeatSchema, TopologySchema } from '@sluice/topology';
import { z } from 'zod';
import { cataloguePage } from './catalogue.mjs';
import { patternsPage } from './patterns.mjs';
import { table } from './table.mjs';

/** Details that read as their own name, so that a sentence of the table shows where they stand. */
const named = new Proxy(
  {},
  {
    get(_target, name) {
      const value = [{ message: `‹${String(name)}›` }];
      value.toString = () => `‹${String(name)}›`;
      value.join = value.toString;
      return value;
    },
  },
);

/** By path below docs/reference. */
export async function pages() {
  const faults = Object.entries(FAULTS).map(([code, fault]) => [
    `\`${code}\``,
    fault.status,
    fault.say(named),
    fault.hint,
  ]);
  const outcomes = OUTCOME_TABLE.map(({ answer, wire, meaning, message }) => [answer, `\`${wire}\``, meaning, message]);
  const settings = describeConfig().map((row) => [`\`${row.name}\``, row.description, row.default]);
  return {
    'errors.md': `# Errors\n\nEvery answer with an error is \`application/problem+json\` with \`code\`, \`detail\` and \`hint\`.\n\n${table(['Code', 'Status', 'Says', 'Next step'], faults)}\n`,
    'outcomes.md': `# What a step's answer means\n\n${table(['Answer', 'On the http wire', 'Meaning', 'The message is then'], outcomes)}\n`,
    'configuration.md': `# Configuration\n\nBy environment variables; a wrong one is named at start, all of them at once.\n\n${table(['Variable', 'Meaning', 'Default'], settings)}\n\nScopes of tokens: ${SCOPES.map((scope) => `\`${scope}\``).join(', ')}.\n`,
    'catalogue.md': await cataloguePage(),
    '../patterns.md': patternsPage(),
    'topology.md': `# The model of a topology\n\nJSON Schema of what \`POST /api/v1/topologies\` takes.\n\n\`\`\`json\n${JSON.stringify(z.toJSONSchema(TopologySchema, { io: 'input' }), null, 2)}\n\`\`\`\n\nDefaults of \`repeat\`: \`${JSON.stringify(RepeatSchema.parse({}))}\`.\n`,
  };
}
