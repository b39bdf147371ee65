// Door of SOAP for connectors. Attachments (MTOM, SOAP with attachments) are not spoken.

export { writeAnswer } from './call/answer.ts';
export type { CallOptions } from './call/exchange.ts';
export {
  DEFAULT_FAULT_RULES,
  type FaultRules,
  type FaultVerdict,
  SoapFault,
} from './call/fault.ts';
export { type SoapSecurity, type UsernameTokenOptions, usernameToken } from './call/security.ts';
export { SoapConnector } from './service/connector.ts';
export {
  DescribedSoap,
  describedSoap,
  type SoapOperationData,
  type SoapServiceData,
  WSSE_FORM,
} from './service/described.ts';
export { SoapOperation, type Through } from './service/operation.ts';
export { type RawAnswer, type RawCall, type RawSoapOptions, RawSoapService, rawSoap } from './service/raw.ts';
export { SoapService, type SoapServiceOptions, soapService } from './service/service.ts';
export type { WsdlOptions } from './wsdl/policy.ts';
export { fetchWsdl, parseWsdl, readWsdlFile } from './wsdl/read.ts';
export type { SoapVersion, WsdlOperation, WsdlPort, WsdlService } from './wsdl/shape.ts';
export { type OperationChoice, Wsdl } from './wsdl/wsdl.ts';
export { escapeXml, Xml, xml } from './xml/write.ts';
