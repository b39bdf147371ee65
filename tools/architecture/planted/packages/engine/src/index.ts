import { server } from '@sluice/server';
import './core/impure.ts';
import './ports/worldly.ts';
import './runtime/loop.ts';
import './adapters/one/one.ts';
import './kit-user.ts';
export const engine = server;
