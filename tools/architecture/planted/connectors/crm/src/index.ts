import { engine } from '@sluice/engine';
export const crm = engine;
