// Planted: a step that reaches into the platform.
export { createEngine } from '../../../packages/engine/src/index.ts';
