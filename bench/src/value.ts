// What every message carries: 1 KB of JSON.

export const VALUE = { order: 1, text: 'x'.repeat(980) };
export const BODY = JSON.stringify(VALUE);
