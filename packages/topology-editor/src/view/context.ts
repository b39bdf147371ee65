// What the panels share: the session and what the host gave.

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Evaluated } from '../features/expression/ExpressionField.tsx';
import type { Catalogue } from '../model/catalogue.ts';
import type { Session, State } from './session.ts';

export interface EditorContext {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly readOnly: boolean;
  readonly evaluate?: ((expression: string, sample: unknown) => Promise<Evaluated>) | undefined;
  readonly expressionFault?: ((expression: string) => string | null) | undefined;
  /** JSON text of the message on which expressions are tried. */
  readonly sample: string;
  /** Where it comes from; null = the user wrote it. */
  readonly sampleFrom: string | null | undefined;
  /** null = back to the one that the host offers. */
  setSample(text: string | null): void;
  readonly onRun?: ((node: string) => void) | undefined;
}

export const Context = createContext<EditorContext | null>(null);

export function useEditor(): EditorContext {
  const context = useContext(Context);
  if (!context) throw new Error('A panel of the editor stands outside of it.');
  return context;
}

/** A part of the session's state; who uses it is drawn again when that part changes, and only then. */
export function useNow<K extends keyof State>(part: K): State[K] {
  const { store } = useEditor().session;
  return useSyncExternalStore(store.subscribe, () => store.get()[part]);
}
