// An application whose form has a field of every type, with a button, a test and a method; it calls nobody.

import { Application, type ApplicationContext, field, form, method, Reply } from '@sluice/sdk';

export class EveryField extends Application {
  readonly key = 'every-field';
  readonly name = 'Every field';
  override readonly categories = ['forms'] as const;
  readonly baseUrl = 'http://127.0.0.1:9';
  override readonly description =
    'Asks **everything** once.\n\n<script>document.title = "taken"</script>\n\n[a trap](javascript:document.title="taken")';
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('shop', 'Name of the shop', { required: true, description: 'As it stands in its address.' }),
      field.number('pages', 'Pages at once', { minimum: 1, maximum: 10, default: 5 }),
      field.url('site', 'Site'),
      field.password('secret', 'Secret', { required: true }),
      field.select('mode', 'Mode', { test: 'Test', live: 'Live' }, { default: 'test' }),
      field.multiSelect('lists', 'Lists', async () =>
        ['news', 'offers'].map((value) => ({ value, label: `List of ${value}` })),
      ),
      field.checkbox('archive', 'Archive what was sent'),
      field.textarea('signature', 'Signature', { when: { field: 'archive', in: [true] } }),
      field.json('extra', 'Extra'),
      field.keyValue('headers', 'Headers'),
      field.date('since', 'Since'),
      field.file('certificate', 'Certificate', { maxBytes: 1_000 }),
    ]),
  ];
  override readonly limits = [{ amount: 100, windowMs: 60_000 }];
  override readonly actions = [
    {
      name: 'greet',
      label: 'Greet',
      form: form('greet', 'Greet', [field.text('whom', 'Whom', { required: true })]),
      run: (input: unknown): string => `Hello, ${(input as { whom: string }).whom}`,
    },
  ];
  override readonly methods = {
    echo: method({
      methods: ['POST'],
      description: 'Says what it was told.',
      handle: async (request) => {
        const body = JSON.stringify({ path: request.path, got: await request.json() });
        return new Reply({ status: 418, headers: { 'content-type': 'application/json' }, body });
      },
    }),
  };

  override async test(context: ApplicationContext): Promise<string> {
    const install = await context.install();
    return `The shop is ${String(install.value('settings', 'shop'))}.`;
  }
}
