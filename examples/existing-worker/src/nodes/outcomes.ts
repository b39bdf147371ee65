// Own code that decides what becomes of a message.

import { ACommonNode, OnRepeatException, OnStopAndFailException, type ProcessDto, ResultCode } from '../sdk.ts';

/** How often a message was here, by its key: the same for every attempt. */
const visits = new Map<string, number>();
function visit(dto: ProcessDto): number {
  const key = dto.getHeader('idempotency-key', '');
  const times = (visits.get(key) ?? 0) + 1;
  visits.set(key, times);
  return times;
}

export class RepeatThrown extends ACommonNode {
  getName(): string {
    return 'repeat-thrown';
  }
  processAction(dto: ProcessDto<{ until: number }>): ProcessDto {
    const times = visit(dto);
    if (times < dto.getJsonData().until) throw new OnRepeatException(1, 3, `not yet, visit ${times}`);
    return dto.setJsonData({ times, hops: dto.getHeader('repeat-hops', 'none') });
  }
}

export class RepeatReturned extends ACommonNode {
  getName(): string {
    return 'repeat-returned';
  }
  processAction(dto: ProcessDto<{ until: number }>): ProcessDto {
    const times = visit(dto);
    const seen = dto.getHeader('seen', '');
    if (times < dto.getJsonData().until)
      return dto.addHeader('seen', `${seen}${times}`).setJsonData({ lost: true }).setRepeater(1, 3, 'come back');
    return dto.setJsonData({ times, seen });
  }
}

export class Stop extends ACommonNode {
  getName(): string {
    return 'stop';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.setStopProcess(ResultCode.DO_NOT_CONTINUE, 'nothing to do');
  }
}

export class FailReturned extends ACommonNode {
  getName(): string {
    return 'fail-returned';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.setJsonData({ lost: true }).setStopProcess(ResultCode.STOP_AND_FAILED, 'the order\nis wrong');
  }
}

export class FailThrown extends ACommonNode {
  getName(): string {
    return 'fail-thrown';
  }
  processAction(): ProcessDto {
    throw new OnStopAndFailException('the customer is unknown');
  }
}

/** The other side is full once, then not. */
export class LimitOnce extends ACommonNode {
  getName(): string {
    return 'limit-once';
  }
  processAction(dto: ProcessDto): ProcessDto {
    if (visit(dto) === 1) return dto.setJsonData({ lost: true }).setLimitExceeded('too many calls');
    return dto;
  }
}

/** To the followers that the body names. */
export class Route extends ACommonNode {
  getName(): string {
    return 'route';
  }
  processAction(dto: ProcessDto<{ to: string[] }>): ProcessDto {
    return dto.setForceFollowers(...dto.getJsonData().to);
  }
}
