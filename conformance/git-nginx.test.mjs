import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { Client } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

const VERSION = '0.218.0';
const USER = 'ada';
const PARTS = ['s3cret', '-p@ss'];
const PASSWORD = PARTS.join('');
const URL = 'https://localhost:9443/team/project.git';
const SERVED = '/srv/git/team/project.git';

/** The password as it stands in files: plain, in a URL, and in a Basic header. */
const ON_DISK = `s3cret-p(@|%40)ss|${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

const NGINX = `user daytona;
daemon off;
pid /run/nginx-git.pid;
events {}
http {
  access_log /var/log/nginx/git.log combined;
  client_max_body_size 0;
  server {
    listen 127.0.0.1:9443 ssl;
    ssl_certificate /srv/server.pem;
    ssl_certificate_key /srv/server.key;
    location / {
      auth_basic "git";
      auth_basic_user_file /srv/htpasswd;
      limit_rate 2m;
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
      fastcgi_param GIT_PROJECT_ROOT /srv/git;
      fastcgi_param GIT_HTTP_EXPORT_ALL "";
      fastcgi_param PATH_INFO $uri;
      fastcgi_param REMOTE_USER $remote_user;
      fastcgi_pass unix:/srv/fcgiwrap.sock;
    }
  }
}
`;

const SERVER = `set -e
sudo apt-get -qq update
sudo DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends nginx-light fcgiwrap
sudo install -d -o daytona -g daytona /srv /srv/git /srv/git/team
git init -q --bare -b main ${SERVED}
git -C ${SERVED} config http.receivepack true`;

/** A certificate authority of the suite's own, and the server's certificate by it. */
const CERTIFICATES = `set -e; cd /tmp
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
printf 'subjectAltName=DNS:localhost' > san
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san -out server.pem
sudo mv server.key server.pem /srv/`;

describe(`Git behind nginx, client ${VERSION}`, { timeout: 300_000 }, () => {
  const client = new Client(VERSION);
  let sandbox;

  async function run(command, seconds = 60) {
    const { result, exitCode } = await sandbox.process.executeCommand(command, undefined, undefined, seconds);
    assert.equal(exitCode, 0, result);
    return result.trim();
  }

  async function start(session, command) {
    await sandbox.process.createSession(session);
    return sandbox.process.executeSessionCommand(session, { command, runAsync: true });
  }

  const write = (path, content) => sandbox.fs.uploadFile(Buffer.from(content), path);
  const clone = (to, password = PASSWORD) => sandbox.git.clone(URL, to, undefined, undefined, USER, password);

  before(async () => {
    sandbox = await client.create();
    await run(SERVER, 240);
    await run(CERTIFICATES);
    await write('/tmp/htpasswd', `${USER}:{SHA}${createHash('sha1').update(PASSWORD).digest('base64')}\n`);
    await write('/tmp/nginx.conf', NGINX);
    await run('sudo mv /tmp/htpasswd /tmp/nginx.conf /srv/');
    await start('fcgiwrap', 'fcgiwrap -c 2 -s unix:/srv/fcgiwrap.sock');
    await eventually(() => run('test -S /srv/fcgiwrap.sock && echo there'));
    await start('nginx', 'sudo nginx -c /srv/nginx.conf');
    await eventually(async () => (await run('curl -sk -o /dev/null -w "%{http_code}" https://localhost:9443/')) === '401');
    await run('touch /tmp/before');
  });
  after(() => client.cleanUp());

  it('is refused while the authority of its certificate is unknown', async () => {
    await assert.rejects(clone('/tmp/untrusted'), (error) => {
      assert.equal(error.statusCode, 400);
      assert.match(error.message, /certificate/);
      return true;
    });
    await run('sudo cp /tmp/ca.pem /usr/local/share/ca-certificates/test-ca.crt && sudo update-ca-certificates');
  });

  it('is refused with a wrong password', async () => {
    await assert.rejects(clone('/tmp/wrong', 'wrong'), (error) => {
      assert.equal(error.statusCode, 401);
      assert.match(error.message, /Authentication failed/);
      return true;
    });
  });

  it('goes from a clone to a commit, a push and a pull, and shows the password to nobody', async () => {
    const watch = await readFile(new globalThis.URL('./lib/password-watch.mjs', import.meta.url));
    await sandbox.fs.uploadFile(watch, '/tmp/password-watch.mjs');
    const { cmdId } = await start('watch', `node /tmp/password-watch.mjs ${PARTS.join(' ')} /tmp/stop-watch`);

    await clone('/tmp/one');
    await run('head -c 4000000 /dev/urandom > /tmp/one/large');
    await write('/tmp/one/readme', 'first\n');
    await sandbox.git.add('/tmp/one', ['.']);
    await sandbox.git.commit('/tmp/one', 'First', 'Ada L', 'ada@example.com');
    await sandbox.git.push('/tmp/one', USER, PASSWORD);
    await clone('/tmp/two');
    await write('/tmp/one/readme', 'second\n');
    await sandbox.git.add('/tmp/one', ['readme']);
    await sandbox.git.commit('/tmp/one', 'Second', 'Ada L', 'ada@example.com');
    await sandbox.git.push('/tmp/one', USER, PASSWORD);
    await sandbox.git.pull('/tmp/two', USER, PASSWORD);

    assert.equal(await run('cat /tmp/two/readme'), 'second');
    assert.equal(await run('cmp /tmp/one/large /tmp/two/large && echo same'), 'same');
    assert.equal(await run(`git -C ${SERVED} log --format=%s main`), 'Second\nFirst');

    await run('touch /tmp/stop-watch');
    const watched = await eventually(async () => {
      const { stdout } = await sandbox.process.getSessionCommandLogs('watch', cmdId);
      return stdout ? JSON.parse(stdout) : undefined;
    });
    assert.ok(watched.seen.includes('git-remote-http') || watched.seen.includes('git-remote-https'), watched.seen.join());
    assert.deepEqual(watched.leaking, []);
  });

  it('went through the web server with that user, and left the password on no disk', async () => {
    const log = await run('sudo cat /var/log/nginx/git.log');
    assert.match(log, new RegExp(`${USER} .*POST /team/project.git/git-upload-pack`));
    assert.match(log, new RegExp(`${USER} .*POST /team/project.git/git-receive-pack`));
    const find = (pattern) =>
      run(
        `sudo find / /run /dev/shm -xdev -type f -newer /tmp/before -print0 |
          sudo xargs -0r grep -lE ${JSON.stringify(pattern)} || true`,
      );
    assert.match(await find('^second$'), /\/tmp\/two\/readme/);
    assert.equal(await find(ON_DISK), '');
  });

  it('would have been caught by the watch in arguments and in environments', async () => {
    await run('rm /tmp/stop-watch');
    await run(`ln -sf /usr/bin/sleep /tmp/by-environment; ln -sf /usr/bin/tail /tmp/by-argument`);
    const { cmdId } = await start('proof', `node /tmp/password-watch.mjs ${PARTS.join(' ')} /tmp/stop-watch`);
    await run(`SECRET='${PASSWORD}' /tmp/by-environment 2; timeout 2 /tmp/by-argument -f /dev/null '${PASSWORD}'; touch /tmp/stop-watch`);
    const watched = await eventually(async () => {
      const { stdout } = await sandbox.process.getSessionCommandLogs('proof', cmdId);
      return stdout ? JSON.parse(stdout) : undefined;
    });
    assert.ok(watched.leaking.includes('by-environment'), watched.leaking.join());
    assert.ok(watched.leaking.includes('by-argument'), watched.leaking.join());
  });
});
