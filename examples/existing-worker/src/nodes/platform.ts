// Calls of the platform: a line for people, another topology.

import { ACommonNode, logger, type ProcessDto, type TopologyRunner } from '../sdk.ts';

export class Log extends ACommonNode {
  getName(): string {
    return 'log';
  }
  processAction(dto: ProcessDto): ProcessDto {
    logger.info('an order was seen', dto, true);
    logger.error('it looks odd', dto, true, new Error('no lines'));
    logger.info('only for the console', dto);
    return dto;
  }
}

/** Starts another topology for another user. */
export class StartOther extends ACommonNode {
  readonly #runner: InstanceType<typeof TopologyRunner>;

  constructor(runner: InstanceType<typeof TopologyRunner>) {
    super();
    this.#runner = runner;
  }
  getName(): string {
    return 'start-other';
  }
  async processAction(dto: ProcessDto<{ topology: string }>): Promise<ProcessDto> {
    const { topology } = dto.getJsonData();
    const response = await this.#runner.runByName({ started: 'by a worker' }, topology, 'start', dto, 'dave');
    return dto.setData(response.getBody());
  }
}
