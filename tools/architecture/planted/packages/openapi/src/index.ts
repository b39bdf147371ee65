import { sdk } from '@sluice/sdk';
export const openapi = sdk;
