// Own code that does what it should not.

import { ACommonNode, OnRepeatException, type ProcessDto } from '../sdk.ts';

const thrown: Readonly<Record<string, () => unknown>> = {
  error: () => new Error('it broke'),
  text: () => 'just text',
  null: () => null,
  undefined: () => undefined,
  number: () => 0,
  route: () => 'route',
  object: () => ({ code: 7 }),
  'bad repeat': () => new OnRepeatException(0, 0, 'at once'),
  'bad message': () =>
    Object.defineProperty({}, 'message', {
      get() {
        throw new Error('even the message breaks');
      },
    }),
};

/** Throws what the body names. */
export class Throw extends ACommonNode {
  getName(): string {
    return 'throw';
  }
  processAction(dto: ProcessDto<{ what: string }>): ProcessDto {
    const { what } = dto.getJsonData();
    dto.setJsonData({ lost: true });
    throw thrown[what]?.();
  }
}

/** Answers what the body names instead of a message. */
export class Answer extends ACommonNode {
  getName(): string {
    return 'answer';
  }
  processAction(dto: ProcessDto<{ what: string }>): ProcessDto {
    switch (dto.getJsonData().what) {
      case 'nothing':
        return undefined as unknown as ProcessDto;
      case 'no code':
        return dto.addHeader('result-code', '');
      case 'unknown code':
        return dto.addHeader('result-code', '2001');
      case 'no target':
        return dto.addHeader('result-code', '1002');
      case 'unknown target':
        return dto.addHeader('result-code', '1002').addHeader('force-target-queue', 'nowhere');
      case 'odd repeat':
        return dto.addHeader('result-code', '1001').addHeader('repeat-interval', 'soon');
      case 'odd headers':
        return dto.setHeaders({ number: 5, yes: true, list: [1], nothing: null } as never);
      default:
        return dto.setData({ an: 'object' } as unknown as string);
    }
  }
}

/** Takes the whole worker with it, once: a promise that nobody waits for is rejected. */
export class Crash extends ACommonNode {
  getName(): string {
    return 'crash';
  }
  async processAction(dto: ProcessDto): Promise<ProcessDto> {
    if (process.env.MAY_CRASH === '0') return dto;
    void Promise.reject(new Error('nobody catches this'));
    return new Promise(() => {});
  }
}
