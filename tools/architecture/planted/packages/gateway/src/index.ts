import { sdk } from '@sluice/sdk';
export const gateway = sdk;
