import { engine } from '@sluice/engine';
export const soap = engine;
