// Door of OpenAPI: descriptions are read into routes of the gateway and into services that connectors call, and routes are
// described. Pure: text and values in, values out.

export { free, slugOf } from './contract/names.ts';
export { type ImportPlan, planImport } from './contract/plan.ts';
export { type ImportedRoutes, type ImportOptions, routesOf } from './contract/routes.ts';
export {
  type DescribedCall,
  type DescribedRoute,
  type Description,
  describeApi,
  type TargetContract,
} from './describing/document.ts';
export { SECURITY_SCHEMES } from './describing/security.ts';
export { type Described, readDescription } from './reading/description.ts';
export type { Problem } from './reading/problem.ts';
export { parseText } from './reading/text.ts';
export type { Example } from './service/operation.ts';
export { type ReadService, type ServiceOptions, serviceOf } from './service/service.ts';
