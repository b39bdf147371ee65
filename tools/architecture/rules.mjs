// Who may import whom, as data. A file directly in src/ is a door, a folder in src/ is a room.

const tests = '\\.test\\.ts$';
const room = (name) => `^packages/engine/src/${name}/`;
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(packages|apps|examples|bench|connectors)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export const rules = {
  forbidden: [
    only('protocol-knows-nobody', 'packages/protocol', [], 'both sides of the wire stand on it'),
    only('icons-know-nobody', 'packages/icons', [], 'drawings'),
    only('topology-knows-protocol', 'packages/topology', ['packages/protocol'], 'pure'),
    only(
      'topology-editor-knows-the-pure-ones',
      'packages/topology-editor',
      ['packages/icons', 'packages/protocol', 'packages/topology'],
      'no HTTP: what needs a server the host does',
    ),
    only(
      'engine-knows-the-pure-ones',
      'packages/engine',
      ['packages/protocol', 'packages/topology'],
      'no server, no SDK',
    ),
    only('sdk-knows-protocol', 'packages/sdk', ['packages/protocol'], 'a service installs nothing of the platform'),
    only(
      'soap-knows-the-sdk',
      'packages/soap',
      ['packages/protocol', 'packages/sdk'],
      'what a connector installs, like the SDK itself',
    ),
    only(
      'testing-sees-steps-and-engine',
      'packages/testing',
      ['packages/protocol', 'packages/topology', 'packages/engine', 'packages/integration', 'packages/sdk'],
      'no server: a flow under test needs none',
    ),
    only('client-knows-protocol', 'packages/client', ['packages/protocol'], 'no server code in a client'),
    {
      name: 'admin-enters-by-the-client',
      comment: 'of the protocol it takes types only: shapes that validate are the business of the server',
      severity: 'error',
      from: { path: '^packages/admin/' },
      to: {
        path: '^(packages|apps|examples|bench|connectors)/',
        pathNot: '^packages/(admin|client|icons|protocol|topology|topology-editor)/',
      },
    },
    {
      name: 'areas-of-the-admin-are-strangers',
      severity: 'error',
      from: { path: '^packages/admin/src/areas/([^/]+)/' },
      to: { path: '^packages/admin/src/areas/([^/]+)/', pathNot: '^packages/admin/src/areas/$1/' },
    },
    {
      name: 'the-admin-runs-in-a-browser',
      severity: 'error',
      from: { path: '^packages/(admin|client)/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'server-knows-the-engine',
      'packages/server',
      [
        'packages/protocol',
        'packages/topology',
        'packages/engine',
        'packages/gateway',
        'packages/integration',
        'packages/identity',
        'packages/mcp',
        'packages/notifications',
        'packages/openapi',
      ],
      'no SDK, no client',
    ),
    only(
      'gateway-stands-on-ports',
      'packages/gateway',
      ['packages/protocol', 'packages/engine', 'packages/openapi'],
      'where its routes lead is brought by whoever composes it; no server',
    ),
    only(
      'notifications-stand-on-ports',
      'packages/notifications',
      ['packages/protocol', 'packages/engine'],
      'what rules look at is brought by the server',
    ),
    only(
      'identity-keeps-records',
      'packages/identity',
      ['packages/protocol', 'packages/engine'],
      'who may do what is decided apart from HTTP',
    ),
    only(
      'openapi-knows-protocol',
      'packages/openapi',
      ['packages/protocol'],
      'a document in, routes out, and back; who keeps them is the business of others',
    ),
    only(
      'codegen-makes-texts-of-descriptions',
      'packages/codegen',
      ['packages/protocol', 'packages/openapi', 'packages/sdk', 'packages/soap'],
      'where they are written is the business of others',
    ),
    only(
      'mcp-knows-protocol',
      'packages/mcp',
      ['packages/protocol'],
      'who has the tools is the business of the server',
    ),
    only(
      'integration-keeps-records-and-sends-requests',
      'packages/integration',
      ['packages/protocol', 'packages/engine', 'packages/sdk'],
      'the stores of the engine, the sender of the SDK; no server',
    ),
    only(
      'examples-see-what-users-see',
      'examples',
      [
        'packages/sdk',
        'packages/soap',
        'packages/client',
        'packages/protocol',
        'packages/topology',
        'packages/testing',
      ],
      'no inside of the platform',
    ),
    {
      name: 'connectors-see-the-sdk',
      comment: 'what a stranger would install to write one; the test kit in tests',
      severity: 'error',
      from: { path: '^connectors/([^/]+)/', pathNot: '^connectors/all/' },
      to: {
        path: '^(packages|apps|examples|bench|connectors)/',
        pathNot: ['^connectors/$1/', '^packages/(sdk|testing)/src/[^/]+$'],
      },
    },
    only(
      'the-worker-of-all-connectors-sees-them-and-the-sdk',
      'connectors/all',
      ['connectors/[^/]+', 'toolkit/[^/]+', 'packages/sdk'],
      'it offers them and joins',
    ),
    {
      name: 'the-toolkit-sees-the-sdk',
      comment:
        'a protocol each, so that nobody installs a driver that they do not use; databases have their steps in common, and so have stores of files',
      severity: 'error',
      from: { path: '^toolkit/([^/]+)/' },
      to: {
        path: '^(packages|apps|examples|bench|connectors|toolkit)/',
        pathNot: ['^toolkit/$1/', '^toolkit/(sql|files)/src/[^/]+$', '^packages/(sdk|soap|testing)/src/[^/]+$'],
      },
    },
    {
      name: 'pure-packages-do-no-io',
      severity: 'error',
      from: { path: '^packages/(protocol|topology|openapi)/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'doors-not-windows',
      comment: 'another package is entered by a file directly in its src/',
      severity: 'error',
      from: { path: '^(packages|apps|examples|connectors|toolkit)/([^/]+)/' },
      to: { path: '^(packages|examples|connectors|toolkit)/[^/]+/src/[^/]+/', pathNot: '^$1/$2/' },
    },
    {
      name: 'test-kit-stays-home',
      comment: 'tests, the kit itself, and the one command that runs tests of users',
      severity: 'error',
      from: {
        path: '^(packages|apps|examples|bench|connectors|toolkit)/',
        pathNot: [
          tests,
          '/src/(testing|harness)(/|\\.ts$)',
          '^packages/testing/',
          '^packages/cli/src/commands/topology-test\\.ts$',
        ],
      },
      to: { path: ['/src/(testing|harness)(/|\\.ts$)', '^packages/testing/'] },
    },
    {
      name: 'core-stays-pure',
      comment: 'core is arithmetic on messages: itself and the two pure packages, no node: module, no library',
      severity: 'error',
      from: { path: room('core'), pathNot: tests },
      to: { pathNot: [room('core'), '^packages/(protocol|topology)/src/[^/]+$'] },
    },
    {
      name: 'ports-speak-core',
      severity: 'error',
      from: { path: room('ports') },
      to: { pathNot: [room('core'), room('ports'), '^packages/(protocol|topology)/src/[^/]+$'] },
    },
    {
      name: 'runtime-knows-no-adapter',
      severity: 'error',
      from: { path: room('runtime'), pathNot: tests },
      to: { path: room('adapters') },
    },
    {
      name: 'adapters-do-not-drive',
      severity: 'error',
      from: { path: room('adapters') },
      to: { path: room('runtime') },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: '^packages/engine/src/adapters/([^/]+)/' },
      to: { path: '^packages/engine/src/adapters/([^/]+)/', pathNot: '^packages/engine/src/adapters/$1/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
};
