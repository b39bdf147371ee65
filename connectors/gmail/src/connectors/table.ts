// The endpoints of Gmail, version 1, whose bodies are JSON.

import { type Common, type EndpointTable, paging, schema } from '@sluice/sdk';

const { choice, flag, integer, list, map, record, text } = schema;

export const common: Common = {
  list: { paging: paging.cursor({ param: 'pageToken', from: '/nextPageToken', size: { maxResults: 100 } }) },
};

const id = { id: text('Its id', { minLength: 1 }) };
const ids = (description: string) => list(text(), description);
const FORMATS = ['full', 'metadata', 'minimal', 'raw'];
export const brief = record({ id: text(), threadId: text() });
const labelFields = {
  name: text('Name; / makes one below another', { minLength: 1 }),
  labelListVisibility: choice(['labelShow', 'labelShowIfUnread', 'labelHide'], 'Whether it stands in the list'),
  messageListVisibility: choice(['show', 'hide'], 'Whether it stands at messages'),
  color: map('textColor, backgroundColor'),
};
const labelsOf = {
  addLabelIds: ids('Ids of labels to add, such as STARRED'),
  removeLabelIds: ids('Ids of labels to take away, such as UNREAD or INBOX'),
};
const label = record({ id: text(), name: text() });
const gone = {
  output: record({ id: text(), deleted: flag() }),
  gives: (input: Readonly<Record<string, unknown>>) => ({ id: input.id, deleted: true }),
};

export const table: EndpointTable = {
  'list-messages': {
    request: 'GET /messages',
    description: 'Ids of messages, the newest first, one message each',
    query: {
      q: text('Which, as in the search of Gmail: from:ann is:unread newer_than:2d'),
      includeSpamTrash: flag('Those in spam and trash as well; default: false'),
    },
    from: '/messages',
    output: brief,
  },
  'get-message': {
    request: 'GET /messages/{id}',
    description: 'One message with its headers and parts',
    path: id,
    query: { format: choice(FORMATS, 'How much of it; default: full') },
    output: record({ id: text(), threadId: text(), labelIds: list(text()) }),
  },
  'modify-message': {
    request: 'POST /messages/{id}/modify',
    description: 'Mark a message: as read, starred, archived, with labels',
    path: id,
    body: labelsOf,
    output: brief,
  },
  'trash-message': {
    request: 'POST /messages/{id}/trash',
    description: 'Put a message into the trash',
    path: id,
    output: brief,
  },
  'untrash-message': {
    request: 'POST /messages/{id}/untrash',
    description: 'Take a message out of the trash',
    path: id,
    output: brief,
  },
  'modify-messages': {
    request: 'POST /messages/batchModify',
    description: 'Mark up to a thousand messages alike',
    body: { ids: list(text(), 'Ids of messages', { minItems: 1, maxItems: 1_000 }), ...labelsOf },
    needs: ['ids'],
    output: record({ modified: integer() }),
    gives: (input) => ({ modified: (input.ids as readonly string[]).length }),
  },
  'get-attachment': {
    request: 'GET /messages/{messageId}/attachments/{id}',
    description: 'An attachment, its data in base64url',
    path: {
      messageId: text('Id of the message', { minLength: 1 }),
      id: text('Id of the attachment, as it stands in the message', { minLength: 1 }),
    },
    output: record({ size: integer(), data: text() }),
  },
  'list-threads': {
    request: 'GET /threads',
    description: 'Ids of conversations, the newest first, one message each',
    query: {
      q: text('Which, as in the search of Gmail'),
      includeSpamTrash: flag('Those in spam and trash as well; default: false'),
    },
    from: '/threads',
    output: record({ id: text(), historyId: text() }),
  },
  'get-thread': {
    request: 'GET /threads/{id}',
    description: 'A conversation with its messages',
    path: id,
    query: { format: choice(['full', 'metadata', 'minimal'], 'How much of them; default: full') },
    output: record({ id: text(), messages: list(map()) }),
  },
  'list-drafts': {
    request: 'GET /drafts',
    description: 'Ids of drafts, one message each',
    query: { q: text('Which, as in the search of Gmail') },
    from: '/drafts',
    output: record({ id: text(), message: map() }),
  },
  'send-draft': { request: 'POST /drafts/send', description: 'Send a draft', body: id, needs: ['id'], output: brief },
  'delete-draft': { request: 'DELETE /drafts/{id}', description: 'Delete a draft for good', path: id, ...gone },
  'list-labels': {
    request: 'GET /labels',
    description: 'Labels, those of Gmail itself as well, one message each',
    from: '/labels',
    // Gmail gives all at once.
    paging: paging.all(),
    output: label,
  },
  'create-label': {
    request: 'POST /labels',
    description: 'Make a label',
    body: labelFields,
    needs: ['name'],
    output: label,
  },
  'update-label': {
    request: 'PATCH /labels/{id}',
    description: 'Change a label; what is not given stays',
    path: id,
    body: labelFields,
    output: label,
  },
  'delete-label': {
    request: 'DELETE /labels/{id}',
    description: 'Delete a label; its messages stay',
    path: id,
    ...gone,
  },
  'list-history': {
    request: 'GET /history',
    description: 'What happened in the mailbox since a history id, one message each',
    query: {
      startHistoryId: text('From a message, a thread, or an answer before', { minLength: 1 }),
      historyTypes: choice(['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'], 'Only this'),
      labelId: text('Only with this label'),
    },
    needs: ['startHistoryId'],
    from: '/history',
    output: record({ id: text() }),
  },
};
