// OneDrive and SharePoint files, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { OneDrive, SharePointFiles } from './application/onedrive.ts';
import { GetDownloadAddress, ReplaceContent, UploadFile } from './connectors/contents.ts';
import { ListChanges } from './connectors/list-changes.ts';
import { common, table } from './connectors/table.ts';

export { OneDrive, SharePointFiles } from './application/onedrive.ts';

/** As a person, and as the application for a library of a site. */
export const applications: readonly Application[] = [new OneDrive(), new SharePointFiles()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...stepsOf(application, table, common),
  new ListChanges(application),
  new UploadFile(application),
  new ReplaceContent(application),
  new GetDownloadAddress(application),
]);
