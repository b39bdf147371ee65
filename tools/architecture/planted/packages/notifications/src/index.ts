import { server } from '@sluice/server';
export const notifications = server;
