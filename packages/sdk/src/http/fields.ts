// The named values of a body that was sent, wherever in it they stand.

/** What is larger carries data, and is not searched. */
const MAX_LENGTH = 1024 * 1024;

/** Of a form or of JSON; nothing of anything else. */
export function fieldsOf(body: string | Uint8Array | null): [name: string, value: string][] {
  if (body === null || body.length > MAX_LENGTH) return [];
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (!/^\s*[[{]/.test(text)) return [...new URLSearchParams(text)];
  try {
    return leavesOf(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Without recursion: the nesting is somebody else's. */
function leavesOf(root: unknown): [name: string, value: string][] {
  const leaves: [string, string][] = [];
  const open: [name: string, value: unknown][] = [['', root]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, value] = next;
    if (typeof value === 'string') leaves.push([name, value]);
    else if (Array.isArray(value)) for (const inner of value) open.push([name, inner]);
    else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value));
  }
  return leaves;
}
