// Webhooks of one file or folder. Box signs with the keys of the app, and takes one webhook of an app for each file or folder.

import { type ApplicationContext, field, form, path, type Webhook } from '@sluice/sdk';

const TRIGGERS = [
  'FILE.UPLOADED',
  'FILE.DOWNLOADED',
  'FILE.PREVIEWED',
  'FILE.TRASHED',
  'FILE.DELETED',
  'FILE.RESTORED',
  'FILE.COPIED',
  'FILE.MOVED',
  'FILE.RENAMED',
  'FILE.LOCKED',
  'FILE.UNLOCKED',
  'FOLDER.CREATED',
  'FOLDER.RENAMED',
  'FOLDER.DOWNLOADED',
  'FOLDER.RESTORED',
  'FOLDER.DELETED',
  'FOLDER.COPIED',
  'FOLDER.MOVED',
  'FOLDER.TRASHED',
  'COMMENT.CREATED',
  'COMMENT.UPDATED',
  'COMMENT.DELETED',
  'COLLABORATION.CREATED',
  'COLLABORATION.ACCEPTED',
  'COLLABORATION.REJECTED',
  'COLLABORATION.REMOVED',
  'COLLABORATION.UPDATED',
  'SHARED_LINK.CREATED',
  'SHARED_LINK.UPDATED',
  'SHARED_LINK.DELETED',
];
const USUAL = ['FILE.UPLOADED', 'FILE.MOVED', 'FILE.RENAMED', 'FILE.TRASHED', 'FOLDER.CREATED'];

interface Hook {
  readonly id: string;
  readonly address?: string;
}

export const webhooks: readonly Webhook[] = [
  {
    name: 'changes',
    label: 'Something happens in a folder or with a file',
    verification: { kind: 'box' },
    secretField: 'settings.signatureKey',
    parameters: form('parameters', 'Of what', [
      field.select('type', 'Kind', { folder: 'Folder', file: 'File' }, { required: true, default: 'folder' }),
      field.text('id', 'Id', {
        required: true,
        description: 'Of the folder or file; the uppermost folder, 0, has none.',
      }),
      field.multiSelect('triggers', 'What', TRIGGERS, { description: `Default: ${USUAL.join(', ')}.` }),
    ]),
    async subscribe({ url, parameters: { type, id, triggers } }, context) {
      (await context.install()).text('settings', 'signatureKey');
      const wanted = Array.isArray(triggers) && triggers.length > 0 ? triggers : USUAL;
      const json = { target: { id: String(id), type: String(type) }, address: url, triggers: wanted };
      return { reference: { webhook: (await context.api.send('/webhooks', { json })).json<Hook>().id } };
    },
    async unsubscribe(reference, { api }) {
      const { webhook } = reference as { webhook: string };
      await api.send(path`/webhooks/${webhook}`, { method: 'DELETE', rules: { '404': 'ok' } });
    },
    list: webhooksOf,
  },
];

/** Addresses stand only in a webhook that is read by itself, so the list is followed by one request for each. */
async function webhooksOf({ api }: ApplicationContext) {
  const { entries } = (await api.send('/webhooks', { query: { limit: 200 } })).json<{ entries: readonly Hook[] }>();
  const found = [];
  for (const { id } of entries) {
    const { address } = (await api.send(path`/webhooks/${id}`)).json<Hook>();
    if (address !== undefined) found.push({ reference: { webhook: id }, url: address });
  }
  return found;
}
