import { client } from '@sluice/client';

export const editor = client;
