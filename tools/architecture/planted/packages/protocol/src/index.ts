import { topology } from '@sluice/topology';
export const protocol = topology;
