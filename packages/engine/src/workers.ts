// Door of the ways to a worker.

export { type Transport, WorkerDirectory } from './adapters/workers/directory.ts';
export { type HttpTransport, type HttpTransportOptions, httpTransport } from './adapters/workers/http.ts';
export { localTransport } from './adapters/workers/local.ts';
export { OpenCalls } from './adapters/workers/open-calls.ts';
export { type Sign, signer } from './adapters/workers/signer.ts';
export type { Chain } from './ports/worker-caller.ts';
