// A topology's TypeScript to its model, without running it: the form that `toTypeScript` prints, and what people make
// of it as long as it holds values only.

import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { FUNCTION_OF, type NodeKind, parseModel, type TopologyModel } from '@sluice/topology';
import { childrenOf, elementsOf, literalOf, membersOf, sliceOf, TextFault } from './literals.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface TextProblem extends Range {
  readonly message: string;
}

export interface TextReading {
  /** Null when the text cannot be read; then there are problems. */
  readonly model: TopologyModel | null;
  readonly problems: readonly TextProblem[];
  /** Where each node and each connection stands. */
  readonly nodes: ReadonlyMap<string, Range>;
  readonly connections: readonly Range[];
}

const KIND_OF: ReadonlyMap<string, NodeKind> = new Map(
  Object.entries(FUNCTION_OF).map(([kind, name]) => [name, kind as NodeKind]),
);
const typescript = parser.configure({ dialect: 'ts' });

export function readTypeScript(text: string): TextReading {
  const nodes = new Map<string, Range>();
  const connections: Range[] = [];
  const fault = (message: string, { from, to }: Range): TextReading => ({
    model: null,
    problems: [{ message, from, to: Math.max(to, from) }],
    nodes,
    connections,
  });
  const root = typescript.parse(text).topNode;
  const broken = firstError(root);
  if (broken) return fault(broken.message, broken);
  try {
    const raw = topologyOf(text, root, nodes, connections);
    const parsed = parseModel(raw);
    if (parsed.ok) return { model: parsed.model, problems: [], nodes, connections };
    const whole = { from: 0, to: text.length };
    return {
      model: null,
      problems: parsed.problems.map(({ message, path }) => ({
        message,
        ...placeOf(path, raw, nodes, connections, whole),
      })),
      nodes,
      connections,
    };
  } catch (error) {
    if (error instanceof TextFault) return fault(error.message, error);
    throw error;
  }
}

/** Deeper text would exhaust the stack of what reads it. */
const MAX_DEPTH = 400;

function firstError(root: SyntaxNode): TextProblem | null {
  let found: TextProblem | null = null;
  let depth = 0;
  root.cursor().iterate(
    ({ type, from, to }) => {
      depth++;
      if (type.isError)
        found ??= { message: 'The text is not complete here.', from: Math.max(0, from - 1), to: to + 1 };
      else if (depth > MAX_DEPTH) found ??= { message: 'The text is nested too deep.', from, to };
      return found === null;
    },
    () => {
      depth--;
    },
  );
  return found;
}

function topologyOf(
  text: string,
  root: SyntaxNode,
  nodes: Map<string, Range>,
  connections: Range[],
): Record<string, unknown> & { nodes: { id: string }[] } {
  let call: SyntaxNode | undefined;
  for (const statement of childrenOf(root)) {
    if (statement.name === 'ImportDeclaration') continue;
    const value = statement.name === 'ExportDeclaration' ? statement.getChild('CallExpression') : null;
    if (!value || call)
      throw new TextFault('Beside imports there is one statement: `export default topology(…)`.', statement);
    call = value;
  }
  if (!call) throw new TextFault('`export default topology(…)` is missing.', { from: 0, to: text.length });
  const [name, definition] = callOf(text, call, (called) => called === 'topology');
  if (!name || !definition) throw new TextFault('`topology` takes a name and a definition.', call);
  const spread = (node: SyntaxNode): object => extraOf(text, node);
  const raw: Record<string, unknown> & { nodes: { id: string }[] } = { name: literalOf(text, name), nodes: [] };
  for (const member of membersOf(text, definition)) {
    if ('spread' in member) Object.assign(raw, spread(member.spread));
    else if (member.name === 'nodes')
      for (const node of membersOf(text, member.value)) {
        if ('spread' in node) throw new TextFault('Nodes are written one by one.', node.spread);
        nodes.set(node.name, rangeOf(node.property));
        raw.nodes.push({ id: node.name, ...nodeOf(text, node.value, spread) });
      }
    else if (member.name === 'connections') {
      if (member.value.name !== 'ArrayExpression') throw new TextFault('Connections are a list.', member.value);
      raw.connections = elementsOf(member.value).map((element) => {
        const value = literalOf(text, element, spread);
        if (!Array.isArray(value) || value.length < 2)
          throw new TextFault("A connection is written as `['from', 'to']`.", element);
        connections.push(rangeOf(element));
        const [from, to, more] = value;
        return { from, to, ...(more as object | undefined) };
      });
    } else raw[member.name] = literalOf(text, member.value, spread);
  }
  return raw;
}

const rangeOf = ({ from, to }: Range): Range => ({ from, to });

function nodeOf(text: string, value: SyntaxNode, spread: (node: SyntaxNode) => object): { kind: NodeKind } {
  let kind: NodeKind | undefined;
  const [fields] = callOf(text, value, (name) => {
    kind = KIND_OF.get(name);
    return kind !== undefined;
  });
  return { kind: kind!, ...(fields ? (literalOf(text, fields, spread) as object) : {}) };
}

/** Arguments of a call of a function with an accepted name. */
function callOf(text: string, node: SyntaxNode, accepts: (name: string) => boolean): SyntaxNode[] {
  const callee = node.getChild('VariableName');
  const list = node.getChild('ArgList');
  if (node.name !== 'CallExpression' || !callee || !list)
    throw new TextFault('A call of the builder is expected here, such as `map({ … })`.', node);
  const name = sliceOf(text, callee);
  if (!accepts(name)) throw new TextFault(`The builder has no "${name}".`, callee);
  return elementsOf(list);
}

function extraOf(text: string, node: SyntaxNode): object {
  const [members] = callOf(text, node, (name) => name === 'extra');
  return members ? (literalOf(text, members) as object) : {};
}

function placeOf(
  path: string,
  raw: { nodes: { id: string }[] },
  nodes: ReadonlyMap<string, Range>,
  connections: readonly Range[],
  whole: Range,
): Range {
  const [, list, index] = /^(nodes|connections)\.(\d+)/.exec(path) ?? [];
  if (list === 'connections') return connections[Number(index)] ?? whole;
  return nodes.get(raw.nodes[Number(index)]?.id ?? '') ?? whole;
}
