// One request of a client, answered by the protocol's own library. It is heavy, and most platforms never meet a model: the door loads it when one asks.

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { Tools } from '../index.ts';
import { resultOf } from '../tools/result.ts';

export async function answer(tools: Tools, request: Request, body: unknown): Promise<Response> {
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
    const said = tool && (await tools.call(params.name, params.arguments ?? {}, request.signal));
    if (!said) throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}".`);
    return resultOf(said, tool.output !== undefined);
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
