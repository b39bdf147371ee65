// nginx doing what the gateway does for an authenticated route: a map of API keys in front of the same service.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';

export interface Nginx {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** Null when it is not on this machine. */
export async function startNginx(service: string, key: string): Promise<Nginx | null> {
  if (spawnSync('nginx', ['-v']).error) return null;
  const directory = mkdtempSync(join(tmpdir(), 'sluice-nginx-'));
  const port = await freePort();
  writeFileSync(join(directory, 'nginx.conf'), configuration(directory, port, new URL(service).host, key));
  const child: ChildProcess = spawn('nginx', ['-p', directory, '-c', join(directory, 'nginx.conf')], {
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`nginx ended with code ${child.exitCode}`);
    const answer = await request(`${url}/`).catch(() => null);
    if (answer) {
      await answer.body.dump();
      break;
    }
  }
  return {
    url,
    pid: child.pid!,
    stop() {
      child.once('exit', () => rmSync(directory, { recursive: true, force: true }));
      child.kill('SIGQUIT');
    },
  };
}

/** One process, as the others are: no master, no workers beside it. */
const configuration = (directory: string, port: number, service: string, key: string): string => `
daemon off;
master_process off;
pid ${directory}/pid;
error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  keepalive_requests 1000000;
  map_hash_bucket_size 256;
  map $http_x_api_key $consumer { default ""; "${key}" bench; }
  upstream service { server ${service}; keepalive 256; }
  server {
    listen 127.0.0.1:${port};
    location / {
      if ($consumer = "") { return 401; }
      proxy_pass http://service;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header X-Api-Key "";
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
