// A small server of FTP on this machine, over one folder: passive mode only.

import { createReadStream, createWriteStream, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join, posix } from 'node:path';

/** @param lie  the address that it names for data */
export function ftpServer(root: string, lie: string): Server {
  return createServer((control) => {
    control.setNoDelay(true);
    control.on('error', () => {});
    const session = new Session(control, root, lie);
    control.write('220 ready\r\n');
    let rest = '';
    control.on('data', (data) => {
      const lines = (rest + data.toString()).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) session.take(line);
    });
  });
}

class Session {
  readonly #control: Socket;
  readonly #root: string;
  readonly #lie: string;
  #user = '';
  #folder = '/';
  #from = '';
  #data: Promise<Socket> | null = null;

  constructor(control: Socket, root: string, lie: string) {
    this.#control = control;
    this.#root = root;
    this.#lie = lie;
  }

  take(line: string): void {
    const [, verb = '', argument = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    try {
      this.#answer(verb.toUpperCase(), argument);
    } catch {
      this.#say('550 not available');
    }
  }

  #say(text: string): void {
    this.#control.write(`${text}\r\n`);
  }

  #at(path: string): string {
    return join(this.#root, posix.resolve(this.#folder, path));
  }

  #answer(verb: string, argument: string): unknown {
    switch (verb) {
      case 'USER':
        this.#user = argument;
        return this.#say('331 password?');
      case 'PASS':
        return this.#say(this.#user === 'shop' && argument === 'right' ? '230 welcome' : '530 wrong');
      case 'FEAT':
        return this.#say('211-features\r\n MLST type*;size*;modify*;\r\n SIZE\r\n211 end');
      case 'TYPE':
      case 'OPTS':
      case 'STRU':
        return this.#say('200 fine');
      case 'PWD':
        return this.#say(`257 "${this.#folder}"`);
      case 'CWD': {
        if (!statSync(this.#at(argument)).isDirectory()) throw new Error('no folder');
        this.#folder = posix.resolve(this.#folder, argument);
        return this.#say('250 there');
      }
      case 'MKD':
        mkdirSync(this.#at(argument));
        return this.#say('257 made');
      case 'SIZE':
        return this.#say(`213 ${statSync(this.#at(argument)).size}`);
      case 'DELE':
        rmSync(this.#at(argument));
        return this.#say('250 gone');
      case 'RNFR':
        this.#from = this.#at(argument);
        return this.#say('350 to?');
      case 'RNTO':
        renameSync(this.#from, this.#at(argument));
        return this.#say('250 renamed');
      case 'PASV':
        return this.#passive();
      case 'MLSD':
        return this.#list(this.#at(argument));
      case 'RETR':
        return this.#send(this.#at(argument));
      case 'STOR':
        return this.#receive(this.#at(argument));
      case 'QUIT':
        this.#say('221 bye');
        this.#control.end();
        return;
      default:
        return this.#say('502 not known');
    }
  }

  #passive(): void {
    const server = createServer();
    this.#data = new Promise((resolve) => {
      server.once('connection', (socket) => {
        server.close();
        socket.on('error', () => {});
        resolve(socket);
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      this.#say(`227 here (${this.#lie.replaceAll('.', ',')},${port >> 8},${port & 255})`);
    });
  }

  #list(folder: string): void {
    const lines = readdirSync(folder).map((name) => {
      const about = statSync(join(folder, name));
      const modify = about.mtime.toISOString().replace(/[-:T]|\..*$/g, '');
      return `type=${about.isDirectory() ? 'dir' : 'file'};size=${about.size};modify=${modify}; ${name}\r\n`;
    });
    this.#say('150 data');
    void this.#data!.then((socket) => socket.end(lines.join(''), () => this.#say('226 done')));
  }

  #send(path: string): void {
    if (!statSync(path).isFile()) throw new Error('no file');
    this.#say('150 data');
    void this.#data!.then((socket) =>
      createReadStream(path)
        .pipe(socket)
        .on('finish', () => this.#say('226 done')),
    );
  }

  #receive(path: string): void {
    this.#say('150 data');
    void this.#data!.then((socket) => socket.pipe(createWriteStream(path)).on('finish', () => this.#say('226 done')));
  }
}
