// JSON within bounds: whatever looks at the value later may go into it level by level.

export const MOST_LEVELS = 100;

/** @throws Error */
export function readJson(text: string): unknown {
  if (levelsOf(text) > MOST_LEVELS) throw new Error(`it has more than ${MOST_LEVELS} levels`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error((error as Error).message.slice(0, 200), { cause: error });
  }
}

/** Counted in the text, before anything is made of it. */
function levelsOf(text: string): number {
  let level = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at);
    else if (code === 91 || code === 123) most = Math.max(most, ++level);
    else if (code === 93 || code === 125) level--;
  }
  return most;
}

function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at;
}
