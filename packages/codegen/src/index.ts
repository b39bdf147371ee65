// Door of packages that are made of descriptions: values in, texts of files out.

export { type Exchanges, exchangesOf, type Shown } from './exchanges/described.ts';
export { soapExchangesOf } from './exchanges/soap.ts';
export type { About } from './package/around.ts';
export { describedPackage, type GeneratedPackage } from './package/described-package.ts';
export { RECORD_FILE } from './package/file.ts';
export { soapPackage, type WsdlFile } from './package/soap-package.ts';
export { type SoapOptions, soapServiceOf } from './package/soap-service.ts';
export { type Changes, type ImportPlan, namesIn, planImport } from './plan/plan.ts';
export { type ImportRecord, parseRecord } from './plan/record.ts';
export { Sampler } from './sampling/sample.ts';
