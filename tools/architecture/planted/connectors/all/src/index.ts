import { engine } from '@sluice/engine';
export const all = engine;
