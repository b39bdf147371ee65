import { engine } from '@sluice/engine';
export const example = engine;
