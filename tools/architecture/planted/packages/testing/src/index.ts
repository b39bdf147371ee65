import { server } from '@sluice/server';
export const kit = server;
