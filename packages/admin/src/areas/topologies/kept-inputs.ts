// Inputs that a person kept for a topology, in this browser.

import { useLocalStorage } from '@mantine/hooks';

export interface Input {
  readonly title: string;
  readonly contentType: string;
  readonly body: string;
}

export const useKeptInputs = (topology: string) =>
  useLocalStorage<readonly Input[]>({ key: `sluice-inputs-${topology}`, defaultValue: [] });
