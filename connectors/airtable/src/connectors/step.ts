// What the connectors have in common: for which of the applications they are.

import { type Application, Batch, Connector } from '@sluice/sdk';

/** One endpoint. Names begin with the key of the application, so that a worker can offer both. */
export abstract class AirtableConnector extends Connector {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}

/** A list, page by page. */
export abstract class AirtableBatch extends Batch {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}

/** Where the next page begins; the last page names none. */
export const onward = (offset: string | null | undefined) => (offset ? { cursor: offset } : {});
