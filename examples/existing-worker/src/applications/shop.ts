// An application that signs in by user and password, with one of every field and synchronous methods.

import {
  ABasicApplication,
  AConnector,
  type AProcessDto,
  type ApplicationInstall,
  CoreForms,
  Field,
  FieldType,
  Form,
  FormStack,
  HttpMethods,
  type ProcessDto,
  RequestDto,
} from '../sdk.ts';

export class Shop extends ABasicApplication {
  readonly #remote: string;
  /** Life-cycle calls that came, as a synchronous method shows them. */
  readonly #happened: string[] = [];

  constructor(remote: string) {
    super();
    this.#remote = remote;
  }
  getName(): string {
    return 'shop';
  }
  getPublicName(): string {
    return 'Shop';
  }
  getDescription(): string {
    return 'Sells things.';
  }
  override getLogo(): string {
    return `data:image/svg+xml;base64, ${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`;
  }
  getFormStack(): InstanceType<typeof FormStack> {
    const credentials = new Form(CoreForms.AUTHORIZATION_FORM, 'Sign in')
      .addField(new Field(FieldType.TEXT, 'user', 'User', undefined, true))
      .addField(new Field(FieldType.PASSWORD, 'password', 'Password', undefined, true));
    const options = new Form('options', 'Options')
      .addField(new Field(FieldType.NUMBER, 'pages', 'Pages', 7))
      .addField(new Field(FieldType.URL, 'site', 'Site'))
      .addField(
        new Field(FieldType.SELECT_BOX, 'plan', 'Plan').setChoices([{ free: 'Free of charge' }, { paid: 'Paid' }]),
      )
      .addField(new Field(FieldType.MULTI_SELECT, 'colours', 'Colours').setChoices(['red', 'green']))
      .addField(new Field(FieldType.CHECKBOX, 'sandbox', 'Sandbox', false))
      .addField(new Field(FieldType.TEXT, 'region', 'Region', 'eu').setReadOnly(true))
      .addField(new Field(FieldType.TEXT, 'edition', 'Edition', 'first').setDisabled(true));
    return new FormStack().addForm(credentials).addForm(options);
  }
  getRequestDto(
    dto: AProcessDto,
    install: ApplicationInstall,
    method: HttpMethods,
    path = '/',
    data?: unknown,
  ): InstanceType<typeof RequestDto> {
    const { user, password } = install.getSettings()[CoreForms.AUTHORIZATION_FORM] ?? {};
    const proof = Buffer.from(`${user}:${password}`).toString('base64');
    return new RequestDto(this.#remote + path, method, dto, data, { authorization: `Basic ${proof}` });
  }

  syncPrices(request?: { body: string; query: unknown; method: string }): unknown {
    return request ? { asked: JSON.parse(request.body), query: request.query } : { asked: null };
  }
  syncText(): Response {
    return new Response('plain text', { headers: { 'content-type': 'text/plain' } });
  }
  syncNothing(): void {}
  syncBoom(): never {
    throw new TypeError('no stock for password=hunter2 today');
  }
  syncHappened(): string[] {
    return this.#happened;
  }
  override syncAfterInstallCallback(request: Request): void {
    this.#note('install', request);
  }
  override syncAfterEnableCallback(request: Request): void {
    this.#note('enable', request);
  }
  override syncAfterDisableCallback(request: Request): void {
    this.#note('disable', request);
  }
  override syncAfterUninstallCallback(request: Request): void {
    this.#note('uninstall', request);
  }

  #note(what: string, request: Request): void {
    const { user, name, sdk } = JSON.parse(String(request.body));
    this.#happened.push(`${what} ${user} ${name} ${sdk}`);
  }
}

/** Who the shop takes us for. */
export class ShopMe extends AConnector {
  getName(): string {
    return 'shop-me';
  }
  async processAction(dto: ProcessDto): Promise<ProcessDto> {
    const install = await this.getApplicationInstallFromProcess(dto);
    const request = await this.getApplication<Shop>().getRequestDto(dto, install, HttpMethods.GET, '/me');
    const response = await this.getSender().send(request);
    return dto.setData(response.getBody());
  }
}

/** The headers that came, as the body: what limits and applications it was told of. */
export class ShopHeaders extends AConnector {
  getName(): string {
    return 'shop-headers';
  }
  processAction(dto: ProcessDto): ProcessDto {
    return dto.setJsonData(dto.getHeaders());
  }
}
