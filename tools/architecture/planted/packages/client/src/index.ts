import { sdk } from '@sluice/sdk';
export const client = sdk;
