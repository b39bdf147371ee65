// What the connectors have in common: for which of the applications they are.

import { type Application, Batch, Connector } from '@sluice/sdk';

/** One endpoint. Names begin with the key of the application, so that a worker can offer both. */
export abstract class SheetsConnector extends Connector {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}

/** A list, page by page. */
export abstract class SheetsBatch extends Batch {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}
