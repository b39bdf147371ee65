// Stripe takes bodies as forms, with brackets for what is nested: `metadata[order]=7&line_items[0][price]=price_1`.

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What is null is emptied at Stripe; what is undefined is not sent. */
export function formBody(values: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) append(form, name, value);
  return form.toString();
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) form.append(name, String(value ?? ''));
  else for (const [key, inner] of Object.entries(value)) append(form, `${name}[${key}]`, inner);
}
