import { sdk } from '@sluice/sdk';
export const mcp = sdk;
