import { HubspotSearch } from './search.ts';

export class SearchContacts extends HubspotSearch {
  protected readonly records = 'contacts';
  readonly name = `${this.application.key}-search-contacts`;
  override readonly description = 'Found contacts, one message each; HubSpot gives at most 10 000';
}
