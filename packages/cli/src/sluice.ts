// The table of commands. Each row loads its command only when it is chosen.

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EXIT, exitCodeOf, explain } from './exit.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('sluice')
  .description('The integration platform on the command line.')
  .version(version)
  // "--version" behind a command is that command's own.
  .enablePositionalOptions()
  .exitOverride()
  .showHelpAfterError('(--help shows what there is)');
const filters = (command: Command): Command =>
  command
    .option('--topology <name>', 'only of this topology')
    .option('--node <id>', 'only at this node')
    .option('--code <code>', 'only with this reason code');

program
  .command('start')
  .description('start the platform here')
  .action(async () => {
    process.exitCode = await (await import('./commands/start.ts')).start({});
  });
program
  .command('dev')
  .description('start the platform here, empty and talkative')
  .action(async () => {
    const { start } = await import('./commands/start.ts');
    process.exitCode = await start({
      SLUICE_DEMO: process.env.SLUICE_DEMO ?? '0',
      SLUICE_LOG_LEVEL: process.env.SLUICE_LOG_LEVEL ?? 'debug',
    });
  });
program
  .command('doctor')
  .description('check that everything is as it must be')
  .option('--json')
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

program
  .command('backup <file>')
  .description('a copy of everything, made while the platform runs')
  .action(async (file) => (await import('./commands/backup.ts')).backup(file));
program
  .command('restore <file>')
  .description('a data directory from a backup; the platform must not run there')
  .option('--data <directory>', 'without it SLUICE_DATA, or ./data')
  .option('--replace', 'take the place of data that is there; it is moved aside, not removed')
  .option('--json')
  .action(async (file, options) => (await import('./commands/restore.ts')).restore(file, options));

const worker = program.command('worker').description('services that do the work');
worker
  .command('add <name>')
  .description('register a worker: by link, or by --url')
  .option('--url <url>', 'address of an http worker')
  .option('--header <line...>', 'sent with every call, as "name: value"')
  .option('--sign', 'sign every request to an http worker')
  .option('--no-sign', 'end that')
  .option('--rotate', 'make a new token, or a new secret to sign with')
  .option('--json')
  .action(async (name, options) => (await import('./commands/worker.ts')).addWorker(name, options));
worker
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/worker.ts')).listWorkers(options));
worker
  .command('create <folder>')
  .description('a service to begin with: one step, ready to join')
  .action(async (folder) => (await import('./commands/worker-create.ts')).createWorker(folder));
worker
  .command('call <worker> <action>')
  .description('call a step now and print what it gives: nothing is queued')
  .option('--body <text|@file>', '@- reads the standard input')
  .option('--type <content-type>', 'default application/json')
  .option('--user <user>', 'for whom')
  .option('--kind <kind>', 'connector, batch or custom, where several have the name')
  .option('--cursor <cursor>', 'where a batch goes on')
  .option('--timeout <time>', 'such as 30s')
  .option('--wait <time>', 'how long it may wait for a permit, such as 5s')
  .action(async (name, action, options) =>
    (await import('./commands/worker-call.ts')).callAction(name, action, options),
  );
worker.command('remove <name>').action(async (name) => (await import('./commands/worker.ts')).removeWorker(name));

const topology = program.command('topology').description('process definitions');
topology
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/topology.ts')).listTopologies(options));
topology
  .command('show <name>')
  .option('--version <n>')
  .action(async (name, options) => (await import('./commands/topology.ts')).showTopology(name, options));
topology
  .command('import <file>')
  .description('store a file: model JSON, TypeScript, BPMN 2.0 (.bpmn, .xml), .tplg or .tplg.json')
  .option('--name <name>', 'name of the topology, without it the one in the file')
  .option('--worker <old=new...>', 'a worker as the file calls it, and as it is called here')
  .option('--publish', 'publish it as well')
  .option('--enable', 'publish and enable it as well')
  .action(async (file, options) => (await import('./commands/topology.ts')).importTopology(file, options));
topology
  .command('test <path...>')
  .description('play folders with topology.json, steps.mjs, input.json and journal.txt, here and without a platform')
  .option('--update', 'write the journals instead of comparing them')
  .action(async (paths, options) => {
    process.exitCode = await (await import('./commands/topology-test.ts')).testTopologies(paths, options);
  });
for (const verb of ['publish', 'enable', 'disable'] as const)
  topology
    .command(`${verb} <name> [version]`)
    .action(async (name, version) => (await import('./commands/topology.ts')).changeTopology(verb, name, version));

topology
  .command('export <name>')
  .description('a version as JSON, TypeScript or BPMN 2.0')
  .option('--version <n>')
  .option('--format <format>', 'json, ts or bpmn')
  .option('--out <file>', 'write it there')
  .action(async (name, options) => (await import('./commands/topology-export.ts')).exportTopology(name, options));
topology
  .command('diff <name>')
  .description('what is different in meaning: from the enabled version to the newest, unless said otherwise')
  .option('--from <version|file>')
  .option('--to <version|file>')
  .option('--json')
  .action(async (name, options) => (await import('./commands/topology-diff.ts')).diffTopology(name, options));
topology
  .command('plan <folder>')
  .description('what it takes for the platform to run what a folder says')
  .option('--out <file>', 'store the plan, for apply')
  .option('--json')
  .action(async (folder, options) => (await import('./commands/topology-plan.ts')).planTopologies(folder, options));
topology
  .command('apply <folder|plan>')
  .description('do it')
  .option('--dry-run', 'check everything, change nothing')
  .option('--retire', 'disable what is enabled and not in the folder')
  .action(async (path, options) => (await import('./commands/topology-apply.ts')).applyTopologies(path, options));

const process_ = program.command('process').description('runs of topologies');
process_
  .command('list')
  .option('--topology <name>')
  .option('--status <status>')
  .option('--limit <n>')
  .option('--json')
  .action(async (options) => (await import('./commands/process.ts')).listProcesses(options));
process_.command('show <id>').action(async (id) => (await import('./commands/process.ts')).showProcess(id));
process_
  .command('history <id>')
  .option('--bodies', 'with the bodies (as JSON)')
  .option('--json')
  .action(async (id, options) => (await import('./commands/process.ts')).processHistory(id, options));
process_.command('cancel <id>').action(async (id) => (await import('./commands/process.ts')).cancelProcess(id));
process_
  .command('replay <id>')
  .option('--node <id>', 'begin at this node')
  .option('--message <id>', 'begin with this message')
  .option('--to-version <n>', 'on this version of the topology')
  .action(async (id, options) => (await import('./commands/process.ts')).replayProcess(id, options));

const trash = program.command('trash').description('messages that could not go on');
filters(trash.command('list'))
  .option('--json')
  .action(async (options) => (await import('./commands/trash.ts')).listTrash(options));
trash.command('show <id>').action(async (id) => (await import('./commands/trash.ts')).showTrash(id));
filters(trash.command('replay [id]'))
  .option('--all', 'everything in trash')
  .option('--body <file>', 'with the content of this file as new body')
  .option('--to-version <n>', 'go on with this version of the topology, as a new process')
  .option('--at <node>', 'at this node of it; without it at the one of the same name')
  .option('--nodes <old=new...>', 'of many: what nodes are called in that version')
  .option('--dry-run', 'of many: only say what would go where')
  .action(async (id, options) => (await import('./commands/trash.ts')).replayTrash(id, options));
filters(trash.command('discard [id]'))
  .option('--all', 'everything in trash')
  .action(async (id, options) => (await import('./commands/trash.ts')).discardTrash(id, options));

const app = program.command('app').description('applications, and how users have them');
const ofUser = (command: Command): Command => command.option('--user <user>', 'whose', 'default');
app
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/app.ts')).listApps(options));
ofUser(app.command('show <key>'))
  .option('--json')
  .action(async (key, options) => (await import('./commands/app.ts')).showApp(key, options));
ofUser(app.command('install <key>')).action(async (key, options) =>
  (await import('./commands/app.ts')).installApp(key, options),
);
ofUser(app.command('set <key> <form.field=value...>'))
  .description('fill in forms; @file takes a value from a file, - from the standard input')
  .action(async (key, pairs, options) => (await import('./commands/app.ts')).setApp(key, pairs, options));
ofUser(app.command('test <key>'))
  .description('try the connection')
  .action(async (key, options) => (await import('./commands/app.ts')).testApp(key, options));
for (const verb of ['enable', 'disable'] as const)
  ofUser(app.command(`${verb} <key>`)).action(async (key, options) =>
    (await import('./commands/app.ts')).switchApp(verb, key, options),
  );
ofUser(app.command('authorize <key>'))
  .description('begin to authorise: prints where to agree')
  .option('--json')
  .action(async (key, options) => (await import('./commands/app-authorize.ts')).authorizeApp(key, options));
ofUser(app.command('withdraw <key>'))
  .description('give the token back to the provider; what was filled in stays')
  .action(async (key, options) => (await import('./commands/app-authorize.ts')).withdrawApp(key, options));
ofUser(app.command('uninstall <key>'))
  .description('with its settings and tokens')
  .action(async (key, options) => (await import('./commands/app.ts')).uninstallApp(key, options));

program
  .command('secrets')
  .description('secrets at rest')
  .command('rotate')
  .description('seal everything under the present master key, so that former ones can go')
  .option('--json')
  .action(async (options) => (await import('./commands/secrets.ts')).rotateSecrets(options));

const webhook = program.command('webhook').description('subscriptions to events of services');
webhook
  .command('list')
  .option('--application <key>')
  .option('--user <user>')
  .option('--topology <name>')
  .option('--state <state>', 'wanted, subscribed, unsubscribing, gone or failed')
  .option('--json')
  .action(async (options) => (await import('./commands/webhook.ts')).listWebhooks(options));
webhook
  .command('subscribe <application> <event>')
  .description('subscribe to an event; each delivery starts a process')
  .requiredOption('--user <user>', 'who has the application')
  .requiredOption('--topology <name>')
  .requiredOption('--node <id>', 'where the process begins')
  .option('--parameter <name=value...>', 'what the event asks')
  .option('--json')
  .action(async (application, event, options) =>
    (await import('./commands/webhook.ts')).subscribeWebhook(application, event, options),
  );
webhook
  .command('unsubscribe <id>')
  .description('end a subscription; one that is ended already is forgotten')
  .action(async (id) => (await import('./commands/webhook.ts')).unsubscribeWebhook(id));
webhook
  .command('retry <id>')
  .description('ask the service again now')
  .action(async (id) => (await import('./commands/webhook.ts')).retryWebhook(id));
webhook
  .command('address <id>')
  .description('where its events are delivered; the secret is in it')
  .action(async (id) => (await import('./commands/webhook.ts')).showAddress(id));
webhook
  .command('clean')
  .description('find subscriptions at services that lead here and that nobody knows')
  .option('--remove', 'remove them as well')
  .option('--json')
  .action(async (options) => (await import('./commands/webhook.ts')).cleanWebhooks(options));

const notification = program.command('notification').description('who is told when something needs them');
const channel = notification.command('channel').description('how somebody is told: email, webhook or topology');
channel
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/notification.ts')).listChannels(options));
channel
  .command('set <name> <file>')
  .description('make or change one, from JSON; - reads the standard input')
  .action(async (name, file) => (await import('./commands/notification.ts')).setChannel(name, file));
channel
  .command('test <name>')
  .description('send something by it now')
  .action(async (name) => (await import('./commands/notification.ts')).testChannel(name));
channel
  .command('remove <name>')
  .action(async (name) => (await import('./commands/notification.ts')).removeChannel(name));
const rule = notification.command('rule').description('when somebody is told');
rule
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/notification.ts')).listRules(options));
rule
  .command('set <name> <file>')
  .description('make or change one, from JSON; - reads the standard input')
  .action(async (name, file) => (await import('./commands/notification.ts')).setRule(name, file));
rule.command('remove <name>').action(async (name) => (await import('./commands/notification.ts')).removeRule(name));
notification
  .command('deliveries')
  .description('what was sent, and what was not')
  .option('--rule <name>')
  .option('--channel <name>')
  .option('--json')
  .action(async (options) => (await import('./commands/notification.ts')).listDeliveries(options));

const gateway = program.command('gateway').description('the one line of APIs in front of everything');
gateway
  .command('import <file>')
  .description('routes from a description: OpenAPI 3.0 or 3.1, JSON or YAML')
  .option('--contract <name>', 'name of the description, without it its title')
  .option('--host <host>', 'host of the routes, without it any')
  .option('--prefix <path>', 'path before all paths, without it the one of its first server')
  .option('--retire', 'disable routes of operations that are gone')
  .option('--dry-run', 'check everything, change nothing')
  .option('--json')
  .action(async (file, options) => (await import('./commands/gateway-import.ts')).importDescription(file, options));
const routes = gateway.command('routes').description('routes of the gateway');
routes
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/gateway-routes.ts')).listRoutes(options));
routes
  .command('show <name>')
  .option('--json', 'with its versions and state')
  .action(async (name, options) => (await import('./commands/gateway-routes.ts')).showRoute(name, options));
for (const verb of ['enable', 'disable'] as const)
  routes
    .command(`${verb} <name>`)
    .action(async (name) => (await import('./commands/gateway-routes.ts')).switchRoute(verb, name));
routes
  .command('remove <name>')
  .description('with all its versions')
  .action(async (name) => (await import('./commands/gateway-routes.ts')).removeRoute(name));
routes
  .command('export <folder>')
  .description('every enabled route as a file')
  .action(async (folder) => (await import('./commands/gateway-routes.ts')).exportRoutes(folder));
routes
  .command('plan <folder>')
  .description('what it takes for the gateway to answer as a folder says')
  .option('--out <file>', 'store the plan, for apply')
  .option('--json')
  .action(async (folder, options) => (await import('./commands/gateway-routes.ts')).planRoutes(folder, options));
routes
  .command('apply <folder|plan>')
  .description('do it, all of it or nothing')
  .option('--dry-run', 'check everything, change nothing')
  .option('--retire', 'disable what is enabled and not in the folder')
  .action(async (path, options) => (await import('./commands/gateway-routes.ts')).applyRoutes(path, options));
const consumer = gateway.command('consumer').description('who may call the gateway');
consumer
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/gateway-consumer.ts')).listConsumers(options));
consumer
  .command('show <name>')
  .description('a consumer with its credentials')
  .option('--json')
  .action(async (name, options) => (await import('./commands/gateway-consumer.ts')).showConsumer(name, options));
consumer
  .command('create <name>')
  .option('--scope <scope...>', 'what it may do')
  .option('--description <text>')
  .option('--user <user>', 'user of the platform that it acts for, without it one of its own name')
  .option('--json')
  .action(async (name, options) => (await import('./commands/gateway-consumer.ts')).createConsumer(name, options));
for (const verb of ['enable', 'disable'] as const)
  consumer
    .command(`${verb} <name>`)
    .action(async (name) => (await import('./commands/gateway-consumer.ts')).switchConsumer(verb, name));
consumer
  .command('remove <name>')
  .description('with its credentials')
  .action(async (name) => (await import('./commands/gateway-consumer.ts')).removeConsumer(name));
consumer
  .command('key <name>')
  .description('a new key; with --sign a secret to sign requests with')
  .option('--sign')
  .option('--days <n>', 'expires after so many days')
  .option('--json')
  .action(async (name, options) => (await import('./commands/gateway-consumer.ts')).addKey(name, options));
consumer
  .command('password <name> <user>')
  .description('a user with the password that the standard input brings')
  .action(async (name, user) => (await import('./commands/gateway-consumer.ts')).addPassword(name, user));
consumer
  .command('certificate <name>')
  .description('a client certificate, by one of both')
  .option('--fingerprint <sha256>')
  .option('--subject <subject>', 'such as O=Shop,CN=till-7')
  .action(async (name, options) => (await import('./commands/gateway-consumer.ts')).addCertificate(name, options));
consumer
  .command('revoke <name> <id>')
  .description('end a credential')
  .action(async (name, id) => (await import('./commands/gateway-consumer.ts')).revokeCredential(name, id));

const issuer = gateway.command('issuer').description('whose access tokens the gateway takes');
issuer
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/gateway-issuer.ts')).listIssuers(options));
issuer
  .command('save <file>')
  .description('make an issuer as a JSON file says, or change it')
  .action(async (file) => (await import('./commands/gateway-issuer.ts')).saveIssuer(file));
issuer
  .command('remove <name>')
  .action(async (name) => (await import('./commands/gateway-issuer.ts')).removeIssuer(name));

const ofDescription = (command: Command): Command =>
  command
    .option('--key <key>', 'of the application; names of connectors begin with it; without it the title')
    .option('--server <url>', 'address of the service, instead of what the file says')
    .option('--only <pattern...>', 'some operations: list-*, tag:issues, "GET /repos/*"');
const ofPackage = (command: Command): Command =>
  command
    .option('--out <folder>', 'where the package goes or is; without it the key')
    .option('--name <name>', 'name of the npm package')
    .option('--force', 'overwrite generated files that were changed by hand')
    .option('--dry-run', 'say what would change, write nothing')
    .option('--json');

const openapi = program.command('openapi').description('services that describe themselves by OpenAPI 3 or Swagger 2.0');
const ofOpenapi = (command: Command): Command =>
  ofDescription(command)
    .option('--auth <way>', 'bearer, basic, header:NAME, query:NAME, none, or a scheme of the file')
    .option('--lenient', 'take what can be read of a broken file');
ofPackage(ofOpenapi(openapi.command('import <file>')))
  .description('a package of connectors, one for each operation; again: what changed, and nothing of yours is lost')
  .action(async (file, options) => (await import('./commands/openapi-import.ts')).importOpenapi(file, options));
ofOpenapi(openapi.command('serve <file>'))
  .description('a worker with these connectors, at once and without code; reads SLUICE_URL and SLUICE_TOKEN')
  .action(async (file, options) => (await import('./commands/openapi-serve.ts')).serveOpenapi(file, options));

const wsdl = program.command('wsdl').description('services that describe themselves by WSDL');
const ofWsdl = (command: Command): Command =>
  ofDescription(command).option('--auth <way>', 'bearer, basic, header:NAME, query:NAME, or wsse for WS-Security');
ofPackage(ofWsdl(wsdl.command('import <file>')))
  .description('a package of connectors, one for each operation; again: what changed, and nothing of yours is lost')
  .action(async (file, options) => (await import('./commands/wsdl-import.ts')).importWsdl(file, options));
ofWsdl(wsdl.command('serve <file>'))
  .description('a worker with these connectors, at once and without code; reads SLUICE_URL and SLUICE_TOKEN')
  .action(async (file, options) => (await import('./commands/wsdl-serve.ts')).serveWsdl(file, options));

const token = program.command('token').description('access to the API');
token
  .command('create <name>')
  .requiredOption('--scope <scope...>', 'what it may do')
  .option('--days <n>', 'expires after so many days')
  .option('--json')
  .action(async (name, options) => (await import('./commands/token.ts')).createToken(name, options));
token
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/token.ts')).listTokens(options));
token.command('revoke <id>').action(async (id) => (await import('./commands/token.ts')).revokeToken(id));

const user = program.command('user').description('people who may sign in');
user
  .command('list')
  .option('--json')
  .action(async (options) => (await import('./commands/user.ts')).listUsers(options));
user
  .command('invite <email>')
  .description('make an account; prints the link by which the person sets a password')
  .requiredOption('--role <role>', 'viewer, operator, developer, admin, or one of your own')
  .option('--name <name>')
  .option('--json')
  .action(async (email, options) => (await import('./commands/user.ts')).inviteUser(email, options));
for (const verb of ['enable', 'disable'] as const)
  user
    .command(`${verb} <who>`)
    .description(verb === 'disable' ? 'shut a person out, with all sessions and tokens' : 'let the person in again')
    .action(async (who) => (await import('./commands/user.ts')).switchUser(verb, who));
user
  .command('role <who> <role>')
  .description('give a role')
  .action(async (who, role) => (await import('./commands/user.ts')).giveRole(who, role));
user
  .command('roles')
  .description('the roles there are, with their scopes')
  .option('--json')
  .action(async (options) => (await import('./commands/user.ts')).listRoles(options));
user.command('remove <who>').action(async (who) => (await import('./commands/user.ts')).removeUser(who));
user
  .command('reset-link <who>')
  .description('make a link by which the person sets a new password')
  .option('--json')
  .action(async (who, options) => (await import('./commands/user.ts')).resetLink(who, options));

program
  .command('audit')
  .description('who changed what, newest first')
  .option('--who <id>', 'account or token')
  .option('--object <path>', 'such as users/ID; with a trailing / all that begin so')
  .option('--outcome <outcome>', 'done, refused or failed')
  .option('--limit <n>')
  .option('--json')
  .action(async (options) => (await import('./commands/user.ts')).listAudit(options));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.input;
  else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
