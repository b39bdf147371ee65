// An application that subscribes to webhooks of its service.

import {
  ABasicApplication,
  type AProcessDto,
  type ApplicationInstall,
  ApplicationType,
  CoreForms,
  emptyDto,
  Field,
  FieldType,
  Form,
  FormStack,
  HttpMethods,
  type IWebhookApplication,
  RequestDto,
  type ResponseDto,
  type Webhook,
  WebhookSubscription,
} from '../sdk.ts';

export class Forum extends ABasicApplication implements IWebhookApplication {
  readonly #remote: string;

  constructor(remote: string) {
    super();
    this.#remote = remote;
  }
  getName(): string {
    return 'forum';
  }
  getPublicName(): string {
    return 'Forum';
  }
  getDescription(): string {
    return 'People talk.';
  }
  override getApplicationType(): ReturnType<IWebhookApplication['toArray']>['application_type'] {
    return ApplicationType.WEBHOOK;
  }
  getFormStack(): InstanceType<typeof FormStack> {
    const credentials = new Form(CoreForms.AUTHORIZATION_FORM, 'Sign in').addField(
      new Field(FieldType.PASSWORD, 'token', 'Token', undefined, true),
    );
    return new FormStack().addForm(credentials);
  }
  getRequestDto(
    dto: AProcessDto,
    _install: ApplicationInstall,
    method: HttpMethods,
    path = '/',
    data?: unknown,
  ): InstanceType<typeof RequestDto> {
    return new RequestDto(this.#remote + path, method, dto, data);
  }
  getWebhookSubscriptions(): InstanceType<typeof WebhookSubscription>[] {
    return [new WebhookSubscription('posts', 'forum.posts', '')];
  }
  getWebhookSubscribeRequestDto(
    _install: ApplicationInstall,
    subscription: InstanceType<typeof WebhookSubscription>,
    url: string,
  ): InstanceType<typeof RequestDto> {
    const body = JSON.stringify({ event: subscription.getName(), url });
    return new RequestDto(`${this.#remote}/hooks`, HttpMethods.POST, emptyDto(), body);
  }
  getWebhookUnsubscribeRequestDto(_install: ApplicationInstall, webhook: Webhook): InstanceType<typeof RequestDto> {
    return new RequestDto(`${this.#remote}/hooks/${webhook.getWebhookId()}`, HttpMethods.DELETE, emptyDto());
  }
  processWebhookSubscribeResponse(response: ResponseDto): string {
    return String((response.getJsonBody() as { id: unknown }).id);
  }
  processWebhookUnsubscribeResponse(response: ResponseDto): boolean {
    return response.getResponseCode() < 300;
  }
}
