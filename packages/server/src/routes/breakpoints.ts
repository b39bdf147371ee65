// Breakpoints are set and removed per topology and node; what they hold is listed by waiting.ts.

import { BreakpointView, pageOf } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

interface ByNode {
  Params: { topology: string; node: string };
}

export const breakpointRoutes: Routes = (app, { engine }) => {
  app.get(
    '/api/v1/breakpoints',
    {
      config: { scope: 'message:read' },
      schema: describe({
        summary: 'Nodes at which arriving messages are held',
        tag: 'breakpoints',
        answer: pageOf(BreakpointView),
      }),
    },
    async () => ({ items: engine.topologies.breakpoints.list(), next: null }),
  );

  for (const [method, on, summary] of [
    ['PUT', true, 'Hold messages that arrive at a node from now on'],
    ['DELETE', false, 'Hold no more; what is held stays until it is resumed'],
  ] as const)
    app.route<ByNode>({
      method,
      url: '/api/v1/breakpoints/:topology/:node',
      config: { scope: 'message:write' },
      schema: describe({ summary, tag: 'breakpoints', answer: BreakpointView }),
      handler: async (request) => {
        const { topology, node } = request.params;
        await engine.topologies.setBreakpoint(topology, node, on);
        return { topology, node };
      },
    });
};
