import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, it } from 'node:test';
import { atLeast, itSince, withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

const USER = 'ada';
const PASSWORD = 's3cret-p@ss';
const HTTP = 'http://127.0.0.1:8418';
const HTTPS = 'https://localhost:8443';

/** What is needed inside the sandbox. */
const PROGRAMS = ['make-certificates.sh', 'git-server.mjs'];

withEveryClientsSandbox('Git', (box, client) => {
  const git = () => box.sandbox.git;
  const hasStatus = atLeast(client.version, '0.121.0');

  async function run(command) {
    const { result, exitCode } = await box.sandbox.process.executeCommand(command);
    assert.equal(exitCode, 0, result);
    return result.trim();
  }

  async function refused(promise, status, message = /./) {
    await assert.rejects(promise, (error) => {
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /s3cret/);
      if (hasStatus) assert.equal(error.statusCode, status, error.message);
      return true;
    });
  }

  /** A repository on the server with one commit on branch main. */
  async function published(name) {
    await run(`set -e; mkdir -p /tmp/seed && cd /tmp/seed && rm -rf ${name} && git init -q -b main ${name} &&
      cd ${name} && echo hello > readme && git add . &&
      git -c user.name=seed -c user.email=seed@example.com commit -q -m first &&
      git clone -q --bare . /tmp/served/${name}.git && git -C /tmp/served/${name}.git config http.receivepack true`);
    return `${HTTP}/${name}.git`;
  }

  const write = (path, text) => box.sandbox.fs.uploadFile(Buffer.from(text), path);

  before(async () => {
    for (const name of PROGRAMS) {
      await box.sandbox.fs.uploadFile(await readFile(new URL(`./lib/${name}`, import.meta.url)), `/tmp/${name}`);
    }
    await run('cd /tmp && sh make-certificates.sh');
    await box.sandbox.process.createSession('git-server');
    const command = `node /tmp/git-server.mjs /tmp/served ${USER} '${PASSWORD}' 8418 8443 /tmp/server.key /tmp/server.pem`;
    await box.sandbox.process.executeSessionCommand('git-server', { command, runAsync: true, async: true });
    await eventually(async () => {
      const probe = 'curl -s -o /dev/null -w "%{http_code}" http://127.0.0.1:8418/';
      return (await box.sandbox.process.executeCommand(probe)).result.includes('401');
    });
  });

  it('goes from a clone to a commit, a push and a pull elsewhere', async () => {
    const url = await published('round');
    await git().clone(url, '/tmp/one', undefined, undefined, USER, PASSWORD);
    await git().clone(url, '/tmp/two', 'main', undefined, USER, PASSWORD);

    await write('/tmp/one/new file', 'new');
    await write('/tmp/one/readme', 'changed');
    const status = await git().status('/tmp/one');
    assert.equal(status.currentBranch, 'main');
    assert.equal(status.branchPublished, true);
    assert.deepEqual(
      status.fileStatus.map(({ name, staging, worktree }) => [name, staging, worktree]).sort(),
      [
        ['new file', 'Untracked', 'Untracked'],
        ['readme', 'Unmodified', 'Modified'],
      ],
    );
    await git().add('/tmp/one', ['.']);
    await git().commit('/tmp/one', 'Second\n\nwith a body', 'Ada L', 'ada@example.com');
    assert.equal((await git().status('/tmp/one')).ahead, 1);
    await git().push('/tmp/one', USER, PASSWORD);
    await git().pull('/tmp/two', USER, PASSWORD);

    assert.equal(await run('cat "/tmp/two/new file"'), 'new');
    assert.equal((await git().status('/tmp/one')).ahead, 0);
    assert.equal(await run('git -C /tmp/two log -1 --format="%an <%ae> %s"'), 'Ada L <ada@example.com> Second');
    assert.equal(await run('stat -c %U /tmp/one/.git/config'), 'daytona');
  });

  it('leaves no password behind', async () => {
    const url = await published('quiet');
    await git().clone(url.replace('//', `//${USER}:${encodeURIComponent(PASSWORD)}@`), '/tmp/quiet');
    assert.equal(await run('git -C /tmp/quiet remote get-url origin'), url);
    assert.equal(await run('grep -rlE "s3cret-p(@|%40)ss" /tmp/quiet /home/daytona || echo none'), 'none');
  });

  it('makes, lists, checks out and deletes branches', async () => {
    await git().clone(await published('branches'), '/tmp/branches', undefined, undefined, USER, PASSWORD);
    await git().createBranch('/tmp/branches', 'feature/x');
    assert.equal((await git().status('/tmp/branches')).currentBranch, 'feature/x');
    assert.deepEqual((await git().branches('/tmp/branches')).branches, ['feature/x', 'main']);
    await git().checkoutBranch('/tmp/branches', 'main');
    await git().deleteBranch('/tmp/branches', 'feature/x');
    assert.deepEqual((await git().branches('/tmp/branches')).branches, ['main']);
  });

  it('clones a commit, on no branch', async () => {
    const url = await published('commit');
    const first = await run('git -C /tmp/served/commit.git rev-parse main');
    await git().clone(url, '/tmp/commit', undefined, first, USER, PASSWORD);
    assert.equal(await run('git -C /tmp/commit rev-parse HEAD'), first);
    assert.equal(await run('git -C /tmp/commit symbolic-ref -q HEAD || echo none'), 'none');
  });

  it('says what is wrong', async () => {
    const url = await published('wrong');
    const clone = (from, to, ...rest) => git().clone(from, to, undefined, undefined, ...rest);
    await refused(clone(url, '/tmp/wrong-a'), 401, /user name and a password/);
    await refused(clone(url, '/tmp/wrong-b', USER, 's3cret-but-wrong'), 401, /Authentication failed/);
    await refused(clone(`${HTTP}/forbidden.git`, '/tmp/wrong-c', USER, PASSWORD), 403, /403/);
    await refused(clone(`${HTTP}/none.git`, '/tmp/wrong-d', USER, PASSWORD), 404, /not found/);
    await refused(clone(url, '/tmp', USER, PASSWORD), 409, /already exists/);
    await refused(git().status('/tmp'), 404, /not a git repository/);
    await refused(git().commit('/tmp/seed/wrong', 'm', 'a', 'a@b'), 409, /nothing to commit/);
    await refused(git().checkoutBranch('/tmp/seed/wrong', 'none'), 404, /none/);
    await refused(git().createBranch('/tmp/seed/wrong', 'main'), 409, /already exists/);
  });

  it('speaks TLS to servers that the sandbox trusts, and to others when told to', async () => {
    await published('secure');
    const clone = (to, ...rest) =>
      git().clone(`${HTTPS}/secure.git`, to, undefined, undefined, USER, PASSWORD, ...rest);
    await refused(clone('/tmp/secure-a'), 400, /certificate/);
    if (atLeast(client.version, '0.190.0')) await clone('/tmp/secure-b', true);
    await run('git config --global http.https://localhost:8443.sslCAInfo /tmp/ca.pem');
    await clone('/tmp/secure-c');
    await write('/tmp/secure-c/a', 'a');
    await git().add('/tmp/secure-c', ['a']);
    await git().commit('/tmp/secure-c', 'a', 'a', 'a@b');
    await git().push('/tmp/secure-c', USER, PASSWORD);
    assert.equal(await run('git -C /tmp/served/secure.git log -1 --format=%s'), 'a');
  });

  itSince('0.218.0', client, 'makes repositories, and takes changes back', async () => {
    await git().init('/tmp/made', false, 'trunk');
    await write('/tmp/made/a', '1');
    await git().add('/tmp/made', ['a']);
    await git().commit('/tmp/made', 'one', 'a', 'a@b');
    await write('/tmp/made/a', '2');
    await git().add('/tmp/made', ['a']);
    await git().reset('/tmp/made');
    assert.deepEqual((await git().status('/tmp/made')).fileStatus, [
      { name: 'a', extra: '', staging: 'Unmodified', worktree: 'Modified' },
    ]);
    await git().restore('/tmp/made', ['a']);
    const status = await git().status('/tmp/made');
    assert.deepEqual(status, {
      currentBranch: 'trunk',
      fileStatus: [],
      ahead: 0,
      behind: 0,
      branchPublished: false,
      detached: false,
      upstream: '',
    });
  });

  itSince('0.218.0', client, 'keeps remotes, settings and credentials', async () => {
    const url = await published('kept');
    await git().init('/tmp/kept', false, 'main');
    await git().remoteAdd('/tmp/kept', 'origin', url);
    assert.deepEqual((await git().remotes('/tmp/kept')).remotes, [{ name: 'origin', url }]);
    assert.equal(await git().remoteGet('/tmp/kept', 'origin'), url);
    await git().pull('/tmp/kept', USER, PASSWORD);
    await git().configureUser('Ada', 'ada@example.com');
    assert.equal(await git().getConfig('user.name'), 'Ada');
    assert.equal(await git().getConfig('user.nickname'), null);
    await git().setConfig('core.x', 'here', 'local', '/tmp/kept');
    assert.equal(await git().getConfig('core.x', 'local', '/tmp/kept'), 'here');
    await git().createBranch('/tmp/kept', 'topic');
    await git().push('/tmp/kept', USER, PASSWORD, undefined, undefined, true);
    assert.equal((await git().status('/tmp/kept')).upstream, 'origin/topic');
    await git().dangerouslyAuthenticate(USER, PASSWORD, '127.0.0.1:8418', 'http');
    await git().clone(url, '/tmp/kept-clone', undefined, undefined, undefined, undefined, undefined, 1);
  });
});
