// Formats as steps of a worker: they need no service and no install.

import type { AnyStep, Application } from '@sluice/sdk';
import { FormatCsv, ParseCsv, SplitCsv } from './steps/csv.ts';
import { FormatEdifact, ParseEdifact } from './steps/edifact.ts';
import { FormatJsonLines, ParseJsonLines, SplitJsonLines } from './steps/json-lines.ts';
import { FormatXlsx, ParseXlsx } from './steps/xlsx.ts';
import { FormatXml, ParseXml } from './steps/xml.ts';

export { type Interchange, readEdifact, type Segment, writeEdifact } from './edifact/edifact.ts';

export const applications: readonly Application[] = [];
export const steps: readonly AnyStep[] = [
  new ParseCsv(),
  new SplitCsv(),
  new FormatCsv(),
  new ParseJsonLines(),
  new SplitJsonLines(),
  new FormatJsonLines(),
  new ParseXml(),
  new FormatXml(),
  new ParseXlsx(),
  new FormatXlsx(),
  new ParseEdifact(),
  new FormatEdifact(),
];
