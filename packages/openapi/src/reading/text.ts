// JSON or YAML as a value. The text is a stranger's: it cannot grow by aliases, is not nested without end, and says
// nothing twice.

import { isAlias, isMap, isScalar, type ParsedNode, parseDocument, visit } from 'yaml';
import type { Problem } from './problem.ts';

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: Problem[] };

/** Uses of anchors in one document. Descriptions refer by `$ref`, so more than a few are no accident. */
const MOST_ALIASES = 100;
const MOST_DEPTH = 200;
/** Seen before a parser spends its time on it. */
const DEEP = new RegExp(`(?:[[{]\\s*){${MOST_DEPTH + 1}}|(?:- ){${MOST_DEPTH + 1}}`);
/** Characters: what is larger is no description, and would hold up whoever reads it. */
const MOST_JSON = 32 * 1024 * 1024;
/** YAML takes many times as long. */
const MOST_YAML = 8 * 1024 * 1024;
/** No text in any encoding. */
const HALF = /\p{Surrogate}/u;
const HALF_SAID = 'it has half of a character (a lone surrogate)';
/** Of what the aliases make out of the text, too. */
const MOST_NODES = 2_000_000;

export function parseText(text: string): Parsed {
  const trimmed = text.replace(/^\uFEFF/, '');
  if (trimmed.trim() === '') return refused('the document is empty');
  if (trimmed.length > MOST_JSON) return refused(tooLarge(trimmed, MOST_JSON));
  if (DEEP.test(trimmed)) return refused(`it is nested deeper than ${MOST_DEPTH} levels`);
  try {
    return /^\s*[{[]/.test(trimmed) ? parseJson(trimmed) : parseYaml(trimmed);
  } catch (error) {
    // Nested without end: neither parser has a limit of its own.
    if (error instanceof RangeError) return refused('it is nested too deep');
    throw error;
  }
}

/** YAML is a superset: what begins as JSON and is none may still be YAML's flow style. */
function parseJson(text: string): Parsed {
  try {
    return measured(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const parsed = parseYaml(text);
    return parsed.ok ? parsed : refused(`it is neither JSON (${error.message}) nor YAML`, parsed.problems);
  }
}

function parseYaml(text: string): Parsed {
  if (text.length > MOST_YAML) return refused(`${tooLarge(text, MOST_YAML)} as YAML; JSON may be larger`);
  // The library compares every key with every other one; below it is done in one pass.
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, merge: false });
  const problems: Problem[] = document.errors.map(({ message }) => ({ pointer: '', message: oneLine(message) }));
  let aliases = 0;
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) aliases++;
      else if (isMap(node)) problems.push(...twice(node as ParsedNode));
    },
  });
  if (aliases > MOST_ALIASES) problems.push(whole(`it uses ${aliases} aliases, at most ${MOST_ALIASES} are taken`));
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, 20) };
  try {
    return measured(document.toJS({ maxAliasCount: MOST_ALIASES }));
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refused(oneLine(error.message));
  }
}

function twice(map: ParsedNode): Problem[] {
  const seen = new Set<unknown>();
  const problems: Problem[] = [];
  for (const { key } of isMap(map) ? map.items : []) {
    if (!isScalar(key)) problems.push(whole('a key is no plain value'));
    else if (seen.has(key.value)) problems.push(whole(`the key "${String(key.value)}" is there twice`));
    else seen.add(key.value);
  }
  return problems;
}

function measured(value: unknown): Parsed {
  let nodes = 0;
  let fault: string | null = null;
  const measure = (at: unknown, depth: number): void => {
    nodes++;
    if (depth > MOST_DEPTH) fault = `it is nested deeper than ${MOST_DEPTH} levels`;
    if (nodes > MOST_NODES) fault = `it has more than ${MOST_NODES} values`;
    if (typeof at === 'string' && HALF.test(at)) fault = HALF_SAID;
    if (fault !== null || typeof at !== 'object' || at === null) return;
    for (const [key, member] of Object.entries(at)) {
      if (HALF.test(key)) fault = HALF_SAID;
      measure(member, depth + 1);
    }
  };
  measure(value, 0);
  return fault === null ? { ok: true, value } : refused(fault);
}

const tooLarge = ({ length }: string, most: number): string => `it has ${length} characters, at most ${most} are read`;
const whole = (message: string): Problem => ({ pointer: '', message });
const refused = (message: string, more: readonly Problem[] = []): Parsed => ({
  ok: false,
  problems: [whole(message), ...more],
});
const oneLine = (message: string): string => message.split('\n', 1)[0]!.replace(/:$/, '');
