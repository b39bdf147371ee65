// The existing SDK as this worker uses it. It is CommonJS without an exports map, so its classes are at long paths and
// come wrapped when they are imported into a module; they are unwrapped here, once.

import applicationType from '@orchesty/nodejs-sdk/dist/lib/Application/Base/ApplicationTypeEnum.js';
import coreForms from '@orchesty/nodejs-sdk/dist/lib/Application/Base/CoreFormsEnum.js';
import type { IWebhookApplication as webhookApplication } from '@orchesty/nodejs-sdk/dist/lib/Application/Base/IWebhookApplication.js';
import type { ApplicationInstall as applicationInstall } from '@orchesty/nodejs-sdk/dist/lib/Application/Database/ApplicationInstall.js';
import type webhook from '@orchesty/nodejs-sdk/dist/lib/Application/Database/Webhook.js';
import field from '@orchesty/nodejs-sdk/dist/lib/Application/Model/Form/Field.js';
import fieldType from '@orchesty/nodejs-sdk/dist/lib/Application/Model/Form/FieldType.js';
import form from '@orchesty/nodejs-sdk/dist/lib/Application/Model/Form/Form.js';
import formStack from '@orchesty/nodejs-sdk/dist/lib/Application/Model/Form/FormStack.js';
import webhookSubscription from '@orchesty/nodejs-sdk/dist/lib/Application/Model/Webhook/WebhookSubscription.js';
import oauth2Application from '@orchesty/nodejs-sdk/dist/lib/Authorization/Type/OAuth2/AOAuth2Application.js';
import batchNode from '@orchesty/nodejs-sdk/dist/lib/Batch/ABatchNode.js';
import commonNode from '@orchesty/nodejs-sdk/dist/lib/Commons/ACommonNode.js';
import connector from '@orchesty/nodejs-sdk/dist/lib/Connector/AConnector.js';
import onRepeat from '@orchesty/nodejs-sdk/dist/lib/Exception/OnRepeatException.js';
import onStopAndFail from '@orchesty/nodejs-sdk/dist/lib/Exception/OnStopAndFailException.js';
import uiLogger from '@orchesty/nodejs-sdk/dist/lib/Logger/Logger.js';
import runner from '@orchesty/nodejs-sdk/dist/lib/Topology/TopologyRunner.js';
import request from '@orchesty/nodejs-sdk/dist/lib/Transport/Curl/RequestDto.js';
import type response from '@orchesty/nodejs-sdk/dist/lib/Transport/Curl/ResponseDto.js';
import type aProcessDto from '@orchesty/nodejs-sdk/dist/lib/Utils/AProcessDto.js';
import type batchProcessDto from '@orchesty/nodejs-sdk/dist/lib/Utils/BatchProcessDto.js';
import processDto from '@orchesty/nodejs-sdk/dist/lib/Utils/ProcessDto.js';
import resultCode from '@orchesty/nodejs-sdk/dist/lib/Utils/ResultCode.js';

export { container, expressApp, initiateContainer, listen } from '@orchesty/nodejs-sdk';
export { OAuth2Provider } from '@orchesty/nodejs-sdk/dist/lib/Authorization/Provider/OAuth2/OAuth2Provider.js';
export { ABasicApplication } from '@orchesty/nodejs-sdk/dist/lib/Authorization/Type/Basic/ABasicApplication.js';
export {
  continueOnNotFoundRanges,
  defaultRanges,
} from '@orchesty/nodejs-sdk/dist/lib/Transport/Curl/ResultCodeRange.js';
export { HttpMethods } from '@orchesty/nodejs-sdk/dist/lib/Transport/HttpMethods.js';

export const AOAuth2Application = oauth2Application.default;
export const ApplicationType = applicationType.default;
export const CoreForms = coreForms.default;
export const Field = field.default;
export const FieldType = fieldType.default;
export const Form = form.default;
export const FormStack = formStack.default;
export const WebhookSubscription = webhookSubscription.default;
export type ApplicationInstall = applicationInstall;
export type IWebhookApplication = webhookApplication;
export type Webhook = webhook.default;
export type ResponseDto = response.default;
export type AProcessDto = aProcessDto.default;
export const AConnector = connector.default;
export const ABatchNode = batchNode.default;
export const ACommonNode = commonNode.default;
export const OnRepeatException = onRepeat.default;
export const OnStopAndFailException = onStopAndFail.default;
export const ResultCode = resultCode.default;
export const RequestDto = request.default;
export const TopologyRunner = runner.default;
export const logger = uiLogger.default;
export type ProcessDto<T = unknown> = processDto.default<T>;
/** For requests that no message is behind. */
export const emptyDto = (): ProcessDto => new processDto.default();
export type BatchProcessDto<T = unknown, I = unknown> = batchProcessDto.default<T, I>;
