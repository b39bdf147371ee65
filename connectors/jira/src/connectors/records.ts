// What Jira answers: the fields that processes usually need. All others are there as well.

import { type JsonSchema, schema } from '@sluice/sdk';

export interface Issue {
  readonly id: string;
  readonly key: string;
  /** By id of the field; `customfield_10010` is one of the site. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface CreatedIssue {
  readonly id: string;
  readonly key: string;
  readonly self: string;
}

export interface Comment {
  readonly id: string;
  /** A document (Atlassian Document Format). */
  readonly body: unknown;
  readonly created: string;
  readonly updated: string;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface User {
  readonly accountId: string;
  readonly displayName: string;
  readonly active: boolean;
}

const { flag, list, map, record, text } = schema;

export const issueOutput = record({ id: text(), key: text(), fields: map() });
export const createdOutput = record({ id: text(), key: text(), self: text() });
export const commentOutput = record({ id: text(), body: map(), created: text(), updated: text() });
export const projectOutput = record({ id: text(), key: text(), name: text() });
export const userOutput = record({ accountId: text(), displayName: text(), active: flag() });
export const transitionsOutput = record({ transitions: list(record({ id: text(), name: text(), to: map() })) });
/** What is given where Jira answers nothing. */
export const doneOutput = (name: string): JsonSchema => record({ issue: text(), [name]: flag() });

export const issueField = text('Key of the issue, such as KEY-7, or its id', { minLength: 1 });
export const fieldNames = list(text(), 'Fields to give; *all and *navigable are sets of them');
export const fieldValues = map('Other fields by id, such as {"customfield_10010": 3}');
export const documentField = (description: string): JsonSchema => ({
  anyOf: [{ type: 'string' }, { type: 'object' }],
  description: `${description}: plain text with empty lines between paragraphs, or a document (Atlassian Document Format)`,
});
