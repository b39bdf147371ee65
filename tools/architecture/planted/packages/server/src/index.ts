import { sdk } from '@sluice/sdk';
import '../../engine/src/core/impure.ts';
export const server = [sdk, new Function('return 1')];
