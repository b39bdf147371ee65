// What somebody types so that their service joins: the commands and the code, with the values in them.

export interface Joining {
  readonly name: string;
  readonly token: string | undefined;
  /** Address of the platform. */
  readonly platform: string;
  /** Address of the service; of http workers. */
  readonly url: string | undefined;
  /** What requests are signed with; of http workers. */
  readonly secret: string | undefined;
}

export interface Part {
  readonly title: string;
  readonly text: string;
}

export const EXAMPLE_URL = 'http://127.0.0.1:8080';

const GREET = `// One class, one step. What it returns is the new body.
class Greet extends CustomNode {
  name = 'greet';
  process(message: Message) {
    return { text: \`Hello, \${message.json<{ name: string }>().name}\` };
  }
}`;

const environment = ({ platform, token = 'THE_TOKEN' }: Joining): string =>
  `SLUICE_URL=${platform} SLUICE_TOKEN=${token}`;

export const linkParts = (joining: Joining): Part[] => [
  { title: 'Into your service', text: 'npm install @sluice/sdk' },
  {
    title: 'service.ts',
    text: `import { CustomNode, join, type Message } from '@sluice/sdk';

${GREET}

join({ steps: [new Greet()] }); // reads SLUICE_URL and SLUICE_TOKEN`,
  },
  { title: 'Start it', text: `${environment(joining)} npx tsx service.ts` },
];

const portOf = (url: string): string => {
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
};

export const httpParts = (joining: Joining): Part[] => [
  { title: 'Into your service', text: 'npm install @sluice/sdk' },
  {
    title: 'service.ts',
    text: `import { CustomNode, serve, type Message } from '@sluice/sdk';

${GREET}

await serve({ steps: [new Greet()], port: ${portOf(joining.url ?? EXAMPLE_URL)}${joining.secret ? ', secret: process.env.WORKER_SECRET!' : ''} });`,
  },
  {
    title: 'Start it',
    text: `${environment(joining)}${joining.secret ? ` WORKER_SECRET=${joining.secret}` : ''} npx tsx service.ts`,
  },
];

/** Of a worker that was made for Orchesty, and runs as it is. */
export const existingParts = ({ name, platform, url }: Joining): Part[] => [
  {
    title: 'A token for it, shown once',
    text: `npx sluice token create ${name} --scope run worker:all log:write metric:write`,
  },
  {
    title: 'Three addresses beside what it has; its CRYPT_SECRET stays what it is',
    text: `ORCHESTY_API_KEY=THE_TOKEN
BACKEND_URL=${platform}
STARTING_POINT_URL=${platform}
WORKER_API_HOST=${platform}/worker-api`,
  },
  { title: 'Whether it answers', text: `curl -s ${(url ?? EXAMPLE_URL).replace(/\/$/, '')}/connector/list` },
];
