// Own code that changes what travels: headers, owner, body.

import { ACommonNode, type ProcessDto } from '../sdk.ts';

export class Echo extends ACommonNode {
  getName(): string {
    return 'echo';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto;
  }
}

/** Adds one, changes one, removes one. */
export class ChangeHeaders extends ACommonNode {
  getName(): string {
    return 'change-headers';
  }
  processAction(dto: ProcessDto): ProcessDto {
    const seen = dto.getHeader('x-seen', '');
    return dto.addHeader('orderNumber', '4711').addHeader('x-seen', `${seen}+`).removeHeader('x-secret');
  }
}

/** Removes every header, the identity of the message among them. */
export class ForgetHeaders extends ACommonNode {
  getName(): string {
    return 'forget-headers';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.removeHeaders();
  }
}

/** Claims to be another message. */
export class ForgeHeaders extends ACommonNode {
  getName(): string {
    return 'forge-headers';
  }
  processAction(dto: ProcessDto): ProcessDto {
    for (const name of ['correlation-id', 'process-id', 'parent-id', 'topology-id', 'node-id', 'idempotency-key'])
      dto.addHeader(name, 'forged');
    return dto.addHeader('process-started', '1').addHeader('worker-followers', 'no JSON');
  }
}

/** What the platform sent, as the body. */
export class ShowHeaders extends ACommonNode {
  getName(): string {
    return 'show-headers';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.setJsonData(dto.getHeaders());
  }
}

export class ChangeUser extends ACommonNode {
  getName(): string {
    return 'change-user';
  }
  processAction(dto: ProcessDto<{ user: string }>): ProcessDto {
    return dto.setUser(dto.getJsonData().user);
  }
}

/** A body of as many characters as asked for. */
export class Grow extends ACommonNode {
  getName(): string {
    return 'grow';
  }
  processAction(dto: ProcessDto<{ characters: number }>): ProcessDto {
    return dto.setData('x'.repeat(dto.getJsonData().characters));
  }
}

/** The length of the text that arrived, and a text of its own. */
export class Measure extends ACommonNode {
  getName(): string {
    return 'measure';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.setJsonData({ characters: dto.getData().length, word: 'žluťoučký kůň 🐎' });
  }
}
