// Door of the ways to a worker.

export { type Transport, WorkerDirectory } from './adapters/workers/directory.ts';
export { type HttpTransportOptions, httpTransport } from './adapters/workers/http.ts';
export { localTransport } from './adapters/workers/local.ts';
