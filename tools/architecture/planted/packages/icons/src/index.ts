import { sdk } from '@sluice/sdk';
export const icons = sdk;
