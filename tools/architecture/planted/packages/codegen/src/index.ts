import { engine } from '@sluice/engine';
export const codegen = engine;
