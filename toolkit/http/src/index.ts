// Any REST or GraphQL service, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { GraphQl, GraphQlOAuth2 } from './graphql/application.ts';
import { ListNodes } from './graphql/list-nodes.ts';
import { RunOperation } from './graphql/run-operation.ts';
import { Rest, RestOAuth2 } from './rest/application.ts';
import { ListItems } from './rest/list-items.ts';
import { SendRequest } from './rest/send-request.ts';

export { GraphQl, GraphQlOAuth2 } from './graphql/application.ts';
export { Rest, RestOAuth2 } from './rest/application.ts';

const rest = [new Rest(), new RestOAuth2()];
const graphql = [new GraphQl(), new GraphQlOAuth2()];
export const applications: readonly Application[] = [...rest, ...graphql];
export const steps: readonly AnyStep[] = [
  ...rest.flatMap((application) => [new SendRequest(application), new ListItems(application)]),
  ...graphql.flatMap((application) => [new RunOperation(application), new ListNodes(application)]),
];
