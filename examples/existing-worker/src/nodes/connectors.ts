// Calls of a remote service: what its status means, by the SDK's ranges.

import { AConnector, continueOnNotFoundRanges, HttpMethods, type ProcessDto, RequestDto } from '../sdk.ts';

abstract class Remote extends AConnector {
  readonly #remote: string;

  constructor(remote: string) {
    super();
    this.#remote = remote;
  }

  protected request(
    path: string,
    dto: ProcessDto,
    method: HttpMethods,
    body?: string,
  ): InstanceType<typeof RequestDto> {
    const key = dto.getHeader('idempotency-key', '');
    return new RequestDto(this.#remote + path, method, dto, body, { 'idempotency-key': key });
  }
}

/** The answer of the remote service becomes the body. */
export class FetchOrder extends Remote {
  getName(): string {
    return 'fetch-order';
  }
  async processAction(dto: ProcessDto<{ id: number }>): Promise<ProcessDto> {
    const { id } = dto.getJsonData();
    const response = await this.getSender().send(this.request(`/orders/${id}`, dto, HttpMethods.GET));
    return dto.setData(response.getBody()).addHeader('order-status', String(response.getResponseCode()));
  }
}

/** The default ranges: success below 300, repeat on 408, 429 and 500 and above, failure on the rest. */
export class FetchStatus extends Remote {
  getName(): string {
    return 'fetch-status';
  }
  async processAction(dto: ProcessDto<{ status: number }>): Promise<ProcessDto> {
    const { status } = dto.getJsonData();
    const response = await this.getSender().send(
      this.request(`/status/${status}`, dto, HttpMethods.GET),
      undefined,
      1,
      3,
    );
    return dto.setJsonData({ got: response.getResponseCode() });
  }
}

/** What is not found is an answer as well. */
export class FetchOptional extends Remote {
  getName(): string {
    return 'fetch-optional';
  }
  async processAction(dto: ProcessDto<{ status: number }>): Promise<ProcessDto> {
    const { status } = dto.getJsonData();
    const request = this.request(`/status/${status}`, dto, HttpMethods.GET);
    const response = await this.getSender().send(request, continueOnNotFoundRanges);
    return dto.setJsonData({ found: response.getResponseCode() !== 404 });
  }
}

/** Writes, under a key that stays the same when the call is made again. */
export class PostEffect extends Remote {
  getName(): string {
    return 'post-effect';
  }
  async processAction(dto: ProcessDto): Promise<ProcessDto> {
    await this.getSender().send(this.request('/effects', dto, HttpMethods.POST, dto.getData()));
    return dto;
  }
}
