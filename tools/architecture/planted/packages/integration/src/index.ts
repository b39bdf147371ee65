import { server } from '@sluice/server';
export const integration = server;
