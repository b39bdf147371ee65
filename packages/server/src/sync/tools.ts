// Connectors as tools: every one that says what it takes.

import { type Tool, type ToolAnswer, type Tools, toolNames } from '@sluice/mcp';
import { type Action, type JsonSchema, SluiceError } from '@sluice/protocol';
import type { Parts } from '../routes/parts.ts';
import { callAction } from './call-action.ts';

interface Offered extends Tool {
  readonly worker: string;
  readonly action: string;
  /** The schema was not one of an object: the input is in a member of that name. */
  readonly wrapped: boolean;
}

const JSON_TYPE = 'application/json';

export function toolsFor({ workers, integration }: Parts, user: string | undefined): Tools {
  const offered = allOf(workers);
  return {
    list: () => offered,
    async call(name, input, signal): Promise<ToolAnswer | null> {
      const tool = offered.find((one) => one.name === name);
      if (!tool) return null;
      const { worker, action, wrapped } = tool;
      const given = wrapped ? (input as { input?: unknown }).input : input;
      const body = Buffer.from(JSON.stringify(given ?? null));
      const target = { worker, action, kind: 'connector' as const, user };
      try {
        const answer = await callAction(integration.calls, target, {
          body,
          contentType: JSON_TYPE,
          headers: {},
          signal,
        });
        return { ok: true, value: outputOf(answer.body, answer.headers['content-type']) };
      } catch (error) {
        if (error instanceof SluiceError) return { ok: false, problem: error.toProblem() };
        throw error;
      }
    },
  };
}

function allOf(workers: Parts['workers']): Offered[] {
  const found = workers
    .offerings()
    .flatMap(({ worker, manifest }) =>
      manifest.actions.filter(({ kind, input }) => kind === 'connector' && input).map((action) => ({ worker, action })),
    )
    .sort((a, b) => (`${a.worker}.${a.action.name}` < `${b.worker}.${b.action.name}` ? -1 : 1));
  const names = toolNames(found.map(({ worker, action }) => `${worker}.${action.name}`));
  return found.map(({ worker, action }, index) => toolOf(names[index]!, worker, action));
}

function toolOf(name: string, worker: string, { name: action, description, input, output }: Action): Offered {
  const wrapped = !isOfObject(input!);
  const schema = wrapped ? { type: 'object', properties: { input: input! }, required: ['input'] } : input!;
  return {
    name,
    worker,
    action,
    wrapped,
    description,
    input: schema,
    output: output && isOfObject(output) ? output : undefined,
  };
}

const isOfObject = (schema: JsonSchema): boolean => schema.type === 'object';

function outputOf(body: string | Uint8Array | null, contentType = ''): unknown {
  if (body === null) return '';
  if (typeof body !== 'string') return { base64: Buffer.from(body).toString('base64') };
  return /\bjson\b/.test(contentType) ? JSON.parse(body) : body;
}
