// Files of a package: who may change them.

export interface PackageFile {
  /** Below the folder of the package. */
  readonly path: string;
  readonly text: string;
  /** `generated` is written anew each time; `yours` is written once, and then belongs to whoever works on the package. */
  readonly owner: 'generated' | 'yours';
}

export const GENERATED = 'Made of the description of the service: written anew by each import. Change nothing here.';
/** What the last import made: which names its connectors have, and what its files were. */
export const RECORD_FILE = 'data/import.json';

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
