// How commands speak: tables for people, JSON for programs.

export interface Column<T> {
  readonly title: string;
  readonly of: (row: T) => string;
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** @param empty  what to say when there is nothing, with the next step */
export function printTable<T>(rows: readonly T[], columns: readonly Column<T>[], empty: string): void {
  if (rows.length === 0) {
    process.stdout.write(`${empty}\n`);
    return;
  }
  const cells = [columns.map((column) => column.title), ...rows.map((row) => columns.map((column) => column.of(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]!.length)));
  for (const row of cells)
    process.stdout.write(
      `${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!))).join('  ')}\n`,
    );
}

const COLOURS = { '+': 32, '-': 31, '~': 33 } as const;

/** A line of a difference; in colour for a person at a terminal. */
export function printLine({ sign, text }: { sign: keyof typeof COLOURS; text: string }, indent = 0): void {
  const line = `${' '.repeat(indent)}${sign} ${text}`;
  say(process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${COLOURS[sign]}m${line}\u001b[39m` : line);
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const time = (ms: number | null): string =>
  ms === null ? '-' : new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
