// One in, many out: with a cursor, without output, with headers of their own.

import { ABatchNode, type BatchProcessDto } from '../sdk.ts';

/** Pages of items, one call each; the cursor says which is next. */
export class Pages extends ABatchNode {
  getName(): string {
    return 'pages';
  }
  processAction(dto: BatchProcessDto<{ pages: number; size: number }>): BatchProcessDto {
    const { pages, size } = JSON.parse(input(dto)) as { pages: number; size: number };
    const page = Number(dto.getBatchCursor('1'));
    for (let item = 1; item <= size; item++) dto.addItem({ page, item });
    if (page < pages) dto.setBatchCursor(String(page + 1));
    return dto;
  }
}

/** Looks through pages without output; only the last one gives something. */
export class Scan extends ABatchNode {
  getName(): string {
    return 'scan';
  }
  processAction(dto: BatchProcessDto): BatchProcessDto {
    const page = Number(dto.getBatchCursor('1'));
    dto.addItem({ page });
    if (page < 3) dto.setBatchCursor(String(page + 1), true);
    return dto;
  }
}

/** Items of all kinds: an object, plain text, and one with an owner, a limit and a header of its own. */
export class Items extends ABatchNode {
  getName(): string {
    return 'items';
  }
  processAction(dto: BatchProcessDto): BatchProcessDto {
    dto.addHeader('from-batch', 'yes');
    dto.addItem({ kind: 'object' });
    dto.addItem('plain text');
    dto.addItem({ kind: 'own' }, 'bob', 'bob|shop;60;10', { 'item-header': 'mine' });
    return dto;
  }
}

/** A list as one item, and a list as many. */
export class List extends ABatchNode {
  getName(): string {
    return 'list';
  }
  processAction(dto: BatchProcessDto<{ whole: boolean }>): BatchProcessDto {
    dto.setItemList([1, 2], (JSON.parse(input(dto)) as { whole: boolean }).whole);
    return dto;
  }
}

/** An owner that changes on the first page is the owner of the next. */
export class PagesOfOthers extends ABatchNode {
  getName(): string {
    return 'pages-of-others';
  }
  processAction(dto: BatchProcessDto): BatchProcessDto {
    const before = dto.getUser() ?? '';
    if (dto.getBatchCursor('') === '') dto.setUser('carol').setBatchCursor('2');
    dto.addItem({ before });
    return dto;
  }
}

/** Has made its list when it finds the other side full: once, then not. */
export class LimitedBatch extends ABatchNode {
  #full = true;
  getName(): string {
    return 'limited-batch';
  }
  processAction(dto: BatchProcessDto): BatchProcessDto {
    dto.addItem({ input: input(dto) });
    if (this.#full) dto.setLimitExceeded('too many pages');
    this.#full = false;
    return dto;
  }
}

/** Fails while it makes its list. */
export class BrokenBatch extends ABatchNode {
  getName(): string {
    return 'broken-batch';
  }
  processAction(dto: BatchProcessDto): BatchProcessDto {
    dto.addItem({ never: 'seen' });
    throw new Error('the list broke');
  }
}

/** The input of a batch: its text is where the output goes later. */
const input = (dto: BatchProcessDto): string => dto.getData();
