import { server } from '@sluice/server';
export const identity = server;
