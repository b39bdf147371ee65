import { server } from '@sluice/server';
export const gateway = [server, eval('1')];
