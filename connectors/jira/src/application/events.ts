// What Jira reports, by either kind of webhook.

import { type ApplicationContext, Fail, field, form, type Json } from '@sluice/sdk';

export const EVENTS: Readonly<Record<string, string>> = {
  'jira:issue_created': 'An issue is created',
  'jira:issue_updated': 'An issue changes',
  'jira:issue_deleted': 'An issue is deleted',
  comment_created: 'An issue is commented on',
  comment_updated: 'A comment changes',
  comment_deleted: 'A comment is deleted',
};

export const parameters = form('parameters', 'Which issues', [
  field.text('jql', 'JQL', {
    placeholder: 'project = KEY AND issuetype = Bug',
    description: 'Default: all of the project of the settings.',
  }),
]);

/**
 * Which issues are reported.
 * @throws Fail `step.input_invalid` when neither a query nor a project of the settings says it
 */
export async function filterOf(jql: Json | undefined, context: ApplicationContext): Promise<string> {
  if (typeof jql === 'string' && jql !== '') return jql;
  const project = (await context.install()).value<string>('settings', 'project');
  if (project) return `project = "${project.replace(/["\\]/g, '\\$&')}"`;
  throw new Fail('No issues are named: give "jql", or choose a project in the settings of the install.', {
    code: 'step.input_invalid',
  });
}
