// The existing SDK as this worker uses it. It is CommonJS without an exports map, so its classes are at long paths and
// come wrapped when they are imported into a module; they are unwrapped here, once.

import batchNode from '@orchesty/nodejs-sdk/dist/lib/Batch/ABatchNode.js';
import commonNode from '@orchesty/nodejs-sdk/dist/lib/Commons/ACommonNode.js';
import connector from '@orchesty/nodejs-sdk/dist/lib/Connector/AConnector.js';
import onRepeat from '@orchesty/nodejs-sdk/dist/lib/Exception/OnRepeatException.js';
import onStopAndFail from '@orchesty/nodejs-sdk/dist/lib/Exception/OnStopAndFailException.js';
import uiLogger from '@orchesty/nodejs-sdk/dist/lib/Logger/Logger.js';
import runner from '@orchesty/nodejs-sdk/dist/lib/Topology/TopologyRunner.js';
import request from '@orchesty/nodejs-sdk/dist/lib/Transport/Curl/RequestDto.js';
import type batchProcessDto from '@orchesty/nodejs-sdk/dist/lib/Utils/BatchProcessDto.js';
import type processDto from '@orchesty/nodejs-sdk/dist/lib/Utils/ProcessDto.js';
import resultCode from '@orchesty/nodejs-sdk/dist/lib/Utils/ResultCode.js';

export { container, expressApp, initiateContainer, listen } from '@orchesty/nodejs-sdk';
export {
  continueOnNotFoundRanges,
  defaultRanges,
} from '@orchesty/nodejs-sdk/dist/lib/Transport/Curl/ResultCodeRange.js';
export { HttpMethods } from '@orchesty/nodejs-sdk/dist/lib/Transport/HttpMethods.js';

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
export type BatchProcessDto<T = unknown, I = unknown> = batchProcessDto.default<T, I>;
