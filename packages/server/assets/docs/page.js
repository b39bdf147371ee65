// The page of the API: asks for a description as whoever looks, and hands it to Swagger UI. The secret is kept in this
// page only: not in storage, not in an address.

const form = document.querySelector('#access');
const notice = document.querySelector('#notice');
const OWN = '/api/v1/gateway/openapi.json';

/** How each kind of secret travels, by the names of the description's security schemes. */
const KINDS = {
  platform: { title: 'Token', scheme: 'platform', headers: (secret) => ({ authorization: `Bearer ${secret}` }) },
  key: { title: 'Key', scheme: 'key', headers: (secret) => ({ 'x-api-key': secret }) },
};

/** A path of this host and nothing else: a link must not bring a stranger's description into this page. */
function descriptionPath() {
  const asked = new URLSearchParams(location.search).get('document') ?? OWN;
  const url = new URL(asked, location.origin);
  return url.origin === location.origin && asked.startsWith('/') ? url.pathname + url.search : OWN;
}

const address = descriptionPath();
if (address !== OWN) form.elements.kind.value = 'key';
const kindOf = () => KINDS[form.elements.kind.value];

function say(text, wrong = false) {
  notice.textContent = text;
  notice.classList.toggle('wrong', wrong);
}

async function show(secret) {
  const kind = kindOf();
  const headers = secret === '' ? {} : kind.headers(secret);
  const response = await fetch(address, { headers, credentials: 'same-origin' });
  const answer = await response.json();
  if (!response.ok) return { ok: false, problem: `${answer.detail ?? response.status} ${answer.hint ?? ''}`.trim() };
  const ui = window.SwaggerUIBundle({
    spec: answer,
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'list',
    filter: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    validatorUrl: null,
    persistAuthorization: false,
    onComplete: () => {
      if (secret !== '' && answer.components?.securitySchemes?.[kind.scheme])
        ui.preauthorizeApiKey(kind.scheme, secret);
    },
  });
  return { ok: true };
}

form.elements.kind.addEventListener('change', () => {
  document.querySelector('#secret-name').textContent = kindOf().title;
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const secret = form.elements.secret.value.trim();
  try {
    const { ok, problem } = await show(secret);
    say(ok ? '' : problem, !ok);
    if (ok) form.elements.secret.value = '';
  } catch (error) {
    say(`The description at ${address} cannot be read: ${error.message}`, true);
  }
});

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
document.querySelector('#secret-name').textContent = kindOf().title;
// Whoever is known by a session, or asks for a description that is public, sees it at once.
show('').then(
  ({ ok }) => ok && say(''),
  () => {},
);
