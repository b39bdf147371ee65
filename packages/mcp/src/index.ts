// Door of the Model Context Protocol: tools that somebody has, offered to models over HTTP.
//
// Each request stands for itself (no sessions): tools are looked up when they are asked for, and any replica can answer.

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { Problem } from '@sluice/protocol';
import { resultOf } from './tools/result.ts';

export { isTrustedCaller } from './http/origin.ts';
export { toolNames } from './tools/names.ts';

export interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON Schema of an object. */
  readonly input: Readonly<Record<string, unknown>>;
  /** JSON Schema of an object; undefined = anything. */
  readonly output?: Readonly<Record<string, unknown>> | undefined;
}

export type ToolAnswer =
  | { readonly ok: true; readonly value: unknown }
  /** The same words and codes as on every other surface. */
  | { readonly ok: false; readonly problem: Problem };

export interface Tools {
  list(): readonly Tool[];
  /** Null = there is no such tool. */
  call(name: string, input: unknown, signal: AbortSignal): Promise<ToolAnswer | null>;
}

/**
 * Answer one request of a client.
 * @param body  its JSON
 */
export async function answerMcp(tools: Tools, request: Request, body: unknown): Promise<Response> {
  const server = new Server({ name: 'sluice', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.list().map(({ name, description, input, output }) => ({
      name,
      ...(description === undefined ? {} : { description }),
      inputSchema: { ...input, type: 'object' as const },
      ...(output === undefined ? {} : { outputSchema: { ...output, type: 'object' as const } }),
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const tool = tools.list().find(({ name }) => name === params.name);
    const answer = tool && (await tools.call(params.name, params.arguments ?? {}, request.signal));
    if (!answer) throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}".`);
    return resultOf(answer, tool.output !== undefined);
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  // Its types were written without exactOptionalPropertyTypes.
  await server.connect(transport as Parameters<Server['connect']>[0]);
  try {
    return await transport.handleRequest(request, { parsedBody: body });
  } finally {
    await server.close();
  }
}
