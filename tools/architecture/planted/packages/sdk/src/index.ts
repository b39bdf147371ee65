import { engine } from '@sluice/engine';
export const sdk = engine;
