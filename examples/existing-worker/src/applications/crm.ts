// An application that is authorised by OAuth 2, and the connector that renews its tokens.

import {
  AConnector,
  AOAuth2Application,
  type AProcessDto,
  type ApplicationInstall,
  CoreForms,
  Field,
  FieldType,
  Form,
  FormStack,
  HttpMethods,
  type OAuth2Provider,
  type ProcessDto,
  RequestDto,
} from '../sdk.ts';

export class Crm extends AOAuth2Application {
  readonly #remote: string;

  constructor(provider: OAuth2Provider, remote: string) {
    super(provider);
    this.#remote = remote;
  }
  getName(): string {
    return 'crm';
  }
  getPublicName(): string {
    return 'CRM';
  }
  getDescription(): string {
    return 'Knows everybody.';
  }
  getAuthUrl(): string {
    return `${this.#remote}/authorize`;
  }
  getTokenUrl(): string {
    return `${this.#remote}/token`;
  }
  getScopes(): string[] {
    return ['contacts', 'offline'];
  }
  getFormStack(): InstanceType<typeof FormStack> {
    const credentials = new Form(CoreForms.AUTHORIZATION_FORM, 'Client')
      .addField(new Field(FieldType.TEXT, 'client_id', 'Client id', undefined, true))
      .addField(new Field(FieldType.PASSWORD, 'client_secret', 'Client secret', undefined, true));
    return new FormStack().addForm(credentials);
  }
  getRequestDto(
    dto: AProcessDto,
    install: ApplicationInstall,
    method: HttpMethods,
    path = '/',
    data?: unknown,
  ): InstanceType<typeof RequestDto> {
    const headers = { authorization: `Bearer ${this.getAccessToken(install)}` };
    return new RequestDto(this.#remote + path, method, dto, data, headers);
  }
}

export class CrmContacts extends AConnector {
  getName(): string {
    return 'crm-contacts';
  }
  async processAction(dto: ProcessDto): Promise<ProcessDto> {
    const install = await this.getApplicationInstallFromProcess(dto);
    const request = await this.getApplication<Crm>().getRequestDto(dto, install, HttpMethods.GET, '/me');
    return dto.setData((await this.getSender().send(request)).getBody());
  }
}

/** Under the name that the platform of before called. */
export class RefreshToken extends AConnector {
  getName(): string {
    return 'refresh-oauth2-token';
  }
  async processAction(dto: ProcessDto): Promise<ProcessDto> {
    const install = await this.getApplicationInstallFromProcess(dto);
    await this.getApplication<Crm>().refreshAuthorization(install);
    await this.getDbClient().getApplicationRepository().update(install);
    return dto;
  }
}
