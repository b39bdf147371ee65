// Google Sheets, as a person or as a service account.

import { Application, type ApplicationContext, Fail, field, form, OAuth2, packageVersion, path } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';

const description = `Values and rows of spreadsheets, and new spreadsheets.

**By OAuth**: make an OAuth client of the type *Web application* in the Google Cloud console, with the callback address that this
page shows, enable the *Google Sheets API*, and fill in client id and secret. **As a service account**: use "Google Sheets (service
account)" with the e-mail address and the private key of its JSON key, and share the spreadsheets with that address.`;

abstract class Sheets extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://workspace.google.com/products/sheets/';
  override readonly categories = ['productivity', 'database'];
  override readonly keywords = ['spreadsheet', 'google workspace', 'cells', 'rows'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://sheets.googleapis.com';
  /** Reads of one person in one project; as many writes have a quota of their own. */
  override readonly limits = [{ amount: 60, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('spreadsheet', 'Spreadsheet', {
        description:
          'Id, as it stands in the address between /d/ and /edit. Used when a message names none, and by the test.',
      }),
      field.select('sheet', 'Sheet', sheets, {
        description: 'Whose rows are read and added to when a message names none.',
      }),
    ]),
  ];
  override readonly read = readAnswer;

  /** Sheets has no address that says who one is: the spreadsheet of the settings is asked. */
  override async test(context: ApplicationContext): Promise<string> {
    const { properties, sheets: all } = await contentsOf(context);
    return `Connected: "${properties.title}" has ${all.length} ${all.length === 1 ? 'sheet' : 'sheets'}.`;
  }
}

/** As a person. */
export class GoogleSheets extends Sheets {
  readonly key = 'google-sheets';
  readonly name = 'Google Sheets';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: [SCOPE],
    clientAuthentication: 'body',
    // Without these Google gives no refresh token, or only the first time.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  });
}

/** As a service account: nobody has to agree, it sees what is shared with it. */
export class GoogleSheetsService extends Sheets {
  readonly key = 'google-sheets-service';
  readonly name = 'Google Sheets (service account)';
  override readonly auth = new OAuth2({
    grant: 'jwt-bearer',
    tokenUrl: TOKEN_URL,
    clientAuthentication: 'none',
    assertion: {
      issuer: '{credentials.clientId}',
      audience: TOKEN_URL,
      algorithm: 'RS256',
      claims: { scope: SCOPE },
    },
  });
}

interface Contents {
  readonly properties: { readonly title: string };
  readonly sheets: readonly { readonly properties: { readonly title: string } }[];
}

async function contentsOf(context: ApplicationContext): Promise<Contents> {
  const fields = 'properties.title,sheets.properties.title';
  return (await context.api.send(await spreadsheetPath(undefined, context), { query: { fields } })).json();
}

async function sheets(context: ApplicationContext) {
  return (await contentsOf(context)).sheets.map(({ properties: { title } }) => ({ value: title, label: title }));
}

/**
 * Path of a spreadsheet: of the one a message names, else of the one of the install.
 * @throws Fail `step.input_invalid` when neither names one
 */
export async function spreadsheetPath(named: string | undefined, context: ApplicationContext): Promise<string> {
  const id = named ?? (await context.install()).value<string>('settings', 'spreadsheet');
  if (id) return path`/v4/spreadsheets/${id}`;
  throw new Fail('No spreadsheet is named: give "spreadsheet", or fill it in in the settings of the install.', {
    code: 'step.input_invalid',
  });
}

/**
 * The sheet a message names, else that of the install, as it stands in a range: `'Door''s log'`.
 * @throws Fail `step.input_invalid` when neither names one
 */
export async function sheetName(named: string | undefined, context: ApplicationContext): Promise<string> {
  const title = named ?? (await context.install()).value<string>('settings', 'sheet');
  if (title) return `'${title.replaceAll("'", "''")}'`;
  throw new Fail('No sheet is named: give "sheet", or choose one in the settings of the install.', {
    code: 'step.input_invalid',
  });
}
