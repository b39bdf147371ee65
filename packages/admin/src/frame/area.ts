// What an area of the application says of itself. An area is a folder in `areas/` and one line in `areas.ts`; its pages
// are loaded when somebody goes there.

import type { Icon } from '@sluice/icons';
import type { Scope } from '@sluice/protocol';
import type { ComponentType } from 'react';

export interface PageEntry {
  /** Inside the application, `/processes/$id`. */
  readonly path: string;
  /** `() => import('./list-page.tsx').then((module) => module.ListPage)` */
  readonly load: () => Promise<ComponentType>;
}

/** Something that the command palette finds. */
export interface Found {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** Where it leads, or what it does. */
  readonly run: (go: (path: string) => void) => void | Promise<void>;
  /** Found only by people who have it. */
  readonly scope?: Scope;
}

export type AreaGroup = 'Watch' | 'Build' | 'Integrate' | 'Expose' | 'Govern';
export const GROUPS: readonly AreaGroup[] = ['Watch', 'Build', 'Integrate', 'Expose', 'Govern'];

export interface Area {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly group: AreaGroup;
  /** Where its entry in the navigation leads. */
  readonly path: string;
  /** Without it the area is not shown. The server refuses on its own. */
  readonly scope: Scope;
  /** Second key after `g` that leads here. */
  readonly key?: string;
  readonly pages: readonly PageEntry[];
  /** A number beside its name, for what waits for people; null shows none. */
  readonly useCount?: () => number | null;
  /** What the palette offers always. */
  readonly acts?: readonly Found[];
  /** What the palette finds for a text. */
  readonly find?: (text: string) => Promise<readonly Found[]>;
}
