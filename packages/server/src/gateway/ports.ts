// What routes of the gateway lead to on this platform.

import type { Engine } from '@sluice/engine';
import { type Actions, type Applications, type Methods, ownProcesses, type Processes } from '@sluice/gateway';
import type { Integration } from '@sluice/integration';
import { SluiceError } from '@sluice/protocol';
import { checkJson, isJson } from '../http/content.ts';
import { callAction } from '../sync/call-action.ts';

export interface GatewayPorts {
  readonly processes: Processes;
  readonly methods: Methods;
  readonly actions: Actions;
  readonly applications: Applications;
}

export interface GatewayPortsOptions {
  readonly engine: Engine;
  readonly integration: () => Integration;
  /** Synchronous calls are taken here. */
  readonly sync: boolean;
  /** Processes of another platform; default those of this one. */
  readonly processes?: Processes | undefined;
}

export function gatewayPorts({ engine, integration, sync, processes }: GatewayPortsOptions): GatewayPorts {
  const mustBeOn = (): Integration => {
    if (!sync) throw new SluiceError('sync.off', {});
    return integration();
  };
  return {
    processes: processes ?? sound(ownProcesses(engine)),
    methods: {
      allowed: (application, method) => mustBeOn().methods.allowed(application, method),
      declares: (application, method, httpMethod) => mustBeOn().methods.declares(application, method, httpMethod),
      call: (call, body, signal) => mustBeOn().methods.call(call, body, signal),
    },
    actions: {
      call: async ({ worker, action, user, timeoutMs, ...request }) =>
        callAction(mustBeOn().calls, { worker, action, user, timeoutMs }, request),
    },
    applications: {
      problem: (application) => integration().outbound.problem(application),
      signsBody: (application) => integration().outbound.signsBody(application),
      permit: (application, user, signal) => integration().outbound.permit(application, user, signal),
      full: (application, user, untilMs) => integration().outbound.full(application, user, untilMs),
      outgoing: (application, user, draft, refused) => integration().outbound.signed(application, user, draft, refused),
    },
  };
}

/** What claims to be JSON is, before a process is made of it. */
function sound(processes: Processes): Processes {
  const check = ({ body, contentType }: Parameters<Processes['start']>[2]): void => {
    if (isJson(contentType) && body !== '') checkJson(body);
  };
  return {
    ...processes,
    start: async (topology, node, request) => {
      check(request);
      return processes.start(topology, node, request);
    },
    ask: async (topology, node, request, waitMs) => {
      check(request);
      return processes.ask(topology, node, request, waitMs);
    },
  };
}
