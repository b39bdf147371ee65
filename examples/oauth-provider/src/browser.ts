// What a person does in a browser, without one: follow redirects with cookies, and send the forms that come.

export interface Agreed {
  /** Of the last page. */
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

export interface Visit {
  readonly answer?: 'agree' | 'refuse';
  /** Not opened any more, but returned, when an address begins so. */
  readonly stopAt?: string;
}

/** Open an address of the provider, agree or refuse, and go where that leads. */
export async function agree(address: string, { answer = 'agree', stopAt }: Visit = {}): Promise<Agreed> {
  const cookies = new Map<string, string>();
  let url = new URL(address);
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step++) {
    if (stopAt !== undefined && url.href.startsWith(stopAt)) return { status: 0, url: url.href, text: '' };
    const response: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    const next = location === null ? formIn(text) : null;
    if (location === null && next === null) return { status: response.status, url: url.href, text };
    url = new URL(location ?? next!.action, url);
    form = next?.fields ?? null;
    if (form?.has('answer')) form.set('answer', answer);
  }
  throw new Error(`Opening ${address} leads nowhere.`);
}

/** The first form of a page that is sent. */
function formIn(page: string): { action: string; fields: URLSearchParams } | null {
  const [, tag, inside = ''] = /<form([^>]*method="post"[^>]*)>([\s\S]*?)<\/form>/.exec(page) ?? [];
  if (tag === undefined) return null;
  const fields = new URLSearchParams();
  for (const [, attributes = ''] of inside.matchAll(/<(?:input|button)\s([^>]*)>/g)) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1];
    if (name && !fields.has(name)) fields.set(name, /\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? '');
  }
  return { action: /\baction="([^"]*)"/.exec(tag)?.[1] ?? '', fields };
}
