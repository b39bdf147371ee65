// S3 and what speaks like it (MinIO, Ceph, R2): one bucket for each install, addressed by path.

import {
  Application,
  type ApplicationContext,
  type Auth,
  AwsSigV4Auth,
  field,
  form,
  type HttpResponse,
  type Reading,
} from '@sluice/sdk';
import { logo } from '../logo.ts';
import { readAnswer } from './answers.ts';

export class S3 extends Application {
  readonly key: string = 's3';
  readonly name: string = 'S3';
  override readonly categories = ['documents'] as const;
  override readonly description: string = 'Objects in a bucket of S3, or of a store that speaks like it.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://docs.aws.amazon.com/AmazonS3/latest/API';
  readonly baseUrl: string = '{settings.endpoint}/{settings.bucket}';
  override readonly auth: Auth = new AwsSigV4Auth({ service: 's3' });
  override readonly forms = [
    form('settings', 'Bucket', [
      field.url('endpoint', 'Address of the service', {
        required: true,
        placeholder: 'https://s3.eu-central-1.amazonaws.com',
      }),
      field.text('bucket', 'Bucket', { required: true, maxLength: 255 }),
    ]),
  ];
  override readonly timeoutMs = 120_000;

  override read(response: HttpResponse): Reading | undefined {
    return readAnswer(response);
  }

  override async test({ api }: ApplicationContext): Promise<string> {
    await api.send('', { query: { 'list-type': 2, 'max-keys': 1 } });
    return 'The bucket is there, and may be read.';
  }
}
