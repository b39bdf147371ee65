// Settings of an install: what comes in from a form is merged into what is stored, what goes out has no secrets.

import {
  checkForm,
  type Form,
  isKeptSecret,
  isSecretField,
  isShown,
  type Json,
  KEPT_SECRET,
  type Settings,
} from '@sluice/protocol';

type Incoming = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * What is stored after a form was saved. A field that is not sent, and a secret that comes back as it was shown, stay;
 * null empties a field.
 * @returns the settings, and what is wrong with those that were sent, by `form.field`
 */
export function mergeSettings(
  forms: readonly Form[],
  stored: Settings,
  incoming: Incoming,
): { settings: Settings; problems: Record<string, string> } {
  const problems: Record<string, string> = {};
  const settings: Record<string, Record<string, Json>> = structuredClone(stored) as Record<
    string,
    Record<string, Json>
  >;
  for (const [key, values] of Object.entries(incoming)) {
    const form = forms.find((one) => one.key === key);
    if (!form) {
      problems[key] = `There is no such form. There are: ${forms.map((one) => one.key).join(', ') || 'none'}.`;
      continue;
    }
    const merged: Record<string, Json> = { ...settings[key] };
    for (const [name, value] of Object.entries(values)) {
      const field = form.fields.find((one) => one.key === name);
      if (!field) problems[`${key}.${name}`] = 'There is no such field.';
      else if (isSecretField(field) && isKeptSecret(value)) continue;
      else if (field.readOnly && JSON.stringify(value) !== JSON.stringify(merged[name] ?? field.default ?? null))
        problems[`${key}.${name}`] = 'This cannot be changed here.';
      else if (value === null) delete merged[name];
      else merged[name] = value;
    }
    settings[key] = merged;
    for (const [name, problem] of Object.entries(checkForm(form, withDefaults(form, merged))))
      problems[`${key}.${name}`] ??= problem;
  }
  return { settings, problems };
}

/** What is missing or wrong in all forms, by `form.field`. */
export function problemsOf(forms: readonly Form[], settings: Settings): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const form of forms)
    for (const [name, problem] of Object.entries(checkForm(form, withDefaults(form, settings[form.key] ?? {}))))
      problems[`${form.key}.${name}`] = problem;
  return problems;
}

/** Settings as a worker gets them: in clear, with defaults, and without what the forms no longer ask or show. */
export function effectiveSettings(forms: readonly Form[], settings: Settings): Settings {
  return Object.fromEntries(
    forms.map((form) => {
      const values = withDefaults(form, settings[form.key] ?? {});
      const shown = form.fields.filter((field) => values[field.key] !== undefined && isShown(field, form, values));
      return [form.key, Object.fromEntries(shown.map(({ key }) => [key, values[key]!]))];
    }),
  );
}

/** Settings as a person sees them: every field that has a value, secrets as kept. */
export function shownSettings(forms: readonly Form[], settings: Settings): Settings {
  return Object.fromEntries(
    forms.map((form) => {
      const values = withDefaults(form, settings[form.key] ?? {});
      const entries = form.fields.flatMap((field): [string, Json][] => {
        const value = values[field.key];
        if (value === undefined) return [];
        return [[field.key, isSecretField(field) ? { ...KEPT_SECRET } : value]];
      });
      return [form.key, Object.fromEntries(entries)];
    }),
  );
}

function withDefaults(form: Form, values: Readonly<Record<string, Json>>): Record<string, Json> {
  const all: Record<string, Json> = { ...values };
  for (const { key, default: preset } of form.fields) if (preset !== undefined) all[key] ??= preset;
  return all;
}
