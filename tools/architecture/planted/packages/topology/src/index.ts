import { readFileSync } from 'node:fs';
import { engine } from '@sluice/engine';
export const topology = [readFileSync, engine];
