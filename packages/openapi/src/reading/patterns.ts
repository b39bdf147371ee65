// Patterns that could hold up whoever checks a value by them: a repeated group that itself repeats something, or chooses.

const MOST_LENGTH = 500;
const REPEATED = /^(?:[*+]|\{\d+,\d*\})/;

/** Some that would do no harm are among them; none that would is not. */
export function mayRunAway(pattern: string): boolean {
  if (pattern.length > MOST_LENGTH) return true;
  const open: boolean[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') open.push(false);
    else if (character === ')') {
      const moves = open.pop() ?? false;
      if (moves && REPEATED.test(pattern.slice(at + 1))) return true;
      if (moves && open.length > 0) open[open.length - 1] = true;
    } else if ((character === '|' || REPEATED.test(pattern.slice(at, at + 12))) && open.length > 0)
      open[open.length - 1] = true;
  }
  return false;
}

function endOfClass(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
