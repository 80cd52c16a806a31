// What root inside a sandbox tries. The server and this test share the machine.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { Client } from './lib/clients.mjs';

const headers = { authorization: `Bearer ${process.env.DAYTONA_API_KEY}` };

describe('Root inside a sandbox', { timeout: 180_000 }, () => {
  const client = new Client('0.190.1');
  const secret = randomBytes(24).toString('hex');
  let directory;
  let hostFile;
  let sandbox;
  let neighbour;

  before(async () => {
    directory = await mkdtemp('/var/tmp/paddock-attack-');
    hostFile = join(directory, 'secret');
    await writeFile(hostFile, secret, { mode: 0o666 });
    await link(hostFile, join(directory, 'hard'));
    [sandbox, neighbour] = await Promise.all([client.create(), client.create()]);
  });

  after(async () => {
    await client.cleanUp();
    await rm(directory, { recursive: true });
  });

  const root = async (script) => {
    const command = `sudo bash <<'END_OF_SCRIPT'\n${script}\nEND_OF_SCRIPT`;
    return (await sandbox.process.executeCommand(command)).result;
  };

  /** The ways in which a path inside might lead to the host's file. */
  async function ways() {
    await root(
      `mkdir -p /ways && ln -sfn ${hostFile} /ways/link && ln -sfn / /ways/root &&
       ln -sfn ../../../../../../../..${hostFile} /ways/up && ln -f /etc/hostname /ways/hard 2>/dev/null; true`,
    );
    return [
      hostFile,
      '/ways/link',
      '/ways/up',
      `/ways/root${hostFile}`,
      `/proc/1/root${hostFile}`,
      `/proc/self/root${hostFile}`,
      `/proc/1/cwd/../../..${hostFile}`,
      `/proc/self/fd/3/../../../..${hostFile}`,
      `/../../../..${hostFile}`,
      `../../../../../../..${hostFile}`,
    ];
  }

  const toolbox = (path, options = {}) =>
    fetch(`${sandbox.toolboxProxyUrl}/${sandbox.id}${path}`, {
      ...options,
      headers: { ...headers, ...options.headers },
      signal: AbortSignal.timeout(30_000),
    });

  it('reads no file of the host through any file endpoint', async () => {
    for (const way of await ways()) {
      const path = encodeURIComponent(way);
      const answers = await Promise.all([
        toolbox(`/files/download?path=${path}`),
        toolbox(`/files/info?path=${path}`),
        toolbox(`/files?path=${encodeURIComponent(way.replace(/\/secret$/, ''))}`),
        toolbox('/files/bulk-download', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ paths: [way] }),
        }),
      ]);
      for (const answer of answers) {
        assert.ok(!(await answer.text()).includes(secret), `${way} led out`);
      }
    }
  });

  it('changes no file of the host through any file endpoint', async () => {
    const before = await stat(hostFile);
    for (const way of await ways()) {
      const path = encodeURIComponent(way);
      const form = () => {
        const data = new FormData();
        data.append('files[0].path', way);
        data.append('files[0].file', new Blob(['overwritten']), 'file');
        return data;
      };
      const single = new FormData();
      single.append('file', new Blob(['overwritten']), 'file');
      await toolbox(`/files/upload?path=${path}`, { method: 'POST', body: single });
      await toolbox('/files/bulk-upload', { method: 'POST', body: form() });
      await toolbox(`/files/permissions?path=${path}&mode=0000&owner=root`, { method: 'POST' });
      await toolbox(`/files/move?source=${path}&destination=/tmp/moved-${randomBytes(4).toString('hex')}`, { method: 'POST' });
      await toolbox(`/files/folder?path=${path}/x&mode=0777`, { method: 'POST' });
      await toolbox(`/files?path=${path}&recursive=true`, { method: 'DELETE' });
    }
    const now = await stat(hostFile);
    assert.equal(await readFile(hostFile, 'utf8'), secret);
    assert.deepEqual([now.mode, now.uid, now.nlink], [before.mode, before.uid, before.nlink]);
  });

  for (const [what, attempt] of Object.entries({
    'mount a device': 'mount -t devtmpfs none /mnt',
    'mount a file system': 'mount -t tmpfs none /mnt',
    'mount the control groups': 'mount -t cgroup2 none /mnt',
    'make a user namespace': 'unshare --user --map-root-user true',
    'make a network namespace': 'unshare --net true',
    'enter the namespaces of PID 1': 'nsenter -t 1 -n -m true && nsenter -t 1 -n ip link add x type dummy',
    'load a module': 'modprobe dummy || insmod /x.ko',
    'change the kernel': 'echo 1 > /proc/sys/kernel/sysrq',
    'change the network of the host': 'echo 0 > /proc/sys/net/ipv4/ip_forward',
    'trigger the kernel': 'echo b > /proc/sysrq-trigger',
    'read the kernel log': 'dmesg',
    'read kernel memory': 'head -c 1 /proc/kcore',
    'write a control group': 'echo max > /sys/fs/cgroup/memory/memory.limit_in_bytes || echo max > /sys/fs/cgroup/memory.max',
    'talk to the hypervisor': "python3 -c 'import socket; socket.socket(40, 1)'",
    'use the kernel crypto sockets': "python3 -c 'import socket; socket.socket(38, 5)'",
    'read packets': "python3 -c 'import socket; socket.socket(17, 3)'",
    'forge packets': "python3 -c 'import socket; socket.socket(2, 3, 255)'",
  })) {
    it(`cannot ${what}`, async () => {
      const answer = await root(`( ${attempt} ) >/dev/null 2>&1 && echo it worked || echo refused`);
      assert.equal(answer.trim(), 'refused');
    });
  }

  it('finds nothing of the host and nothing to write below its own root', async () => {
    // Leaves a changed root by a directory that lies outside of it, and climbs as far up as it goes.
    const climb = `
import os
os.makedirs('/tmp/pit', exist_ok=True)
outside = os.open('/', os.O_RDONLY)
os.chroot('/tmp/pit')
os.fchdir(outside)
for _ in range(64): os.chdir('..')
os.chroot('.')
print('secret' if os.path.exists('${hostFile}') else 'no secret')
if not os.path.exists('/home/daytona'):
    try: open('/written', 'w'); print('written')
    except OSError: pass
`;
    assert.equal((await root(`python3 - <<'END_OF_PYTHON'\n${climb}\nEND_OF_PYTHON`)).trim(), 'no secret');
  });

  it("reaches no port of the host, neither the API's nor any other", async () => {
    const service = createServer((socket) => socket.end('reached')).listen(0, '0.0.0.0');
    await once(service, 'listening');
    try {
      const ports = [service.address().port, Number(new URL(process.env.DAYTONA_API_URL).port), 5432];
      const addresses = Object.values(networkInterfaces())
        .flat()
        .filter(({ family }) => family === 'IPv4')
        .map(({ address }) => address);
      const gateway = (await root("ip route 2>/dev/null | sed -n 's/default via \\([0-9.]*\\).*/\\1/p'")).trim();
      const targets = [...new Set([...addresses, gateway, '169.254.169.254'])].filter(Boolean);
      const attempts = targets.flatMap((address) =>
        address === '127.0.0.1' ? [] : ports.map((port) => `(echo > /dev/tcp/${address}/${port}) 2>/dev/null && echo ${address}:${port} &`),
      );
      const answer = await root(`${attempts.join('\n')}\nsleep 3; kill $(jobs -p) 2>/dev/null; true`);
      assert.equal(answer.trim(), '');
    } finally {
      service.close();
    }
  });

  it('reaches no other sandbox', async () => {
    await neighbour.process.createSession('web');
    await neighbour.process.executeSessionCommand('web', {
      command: 'python3 -m http.server 8000 --bind 0.0.0.0',
      runAsync: true,
    });
    const { result } = await neighbour.process.executeCommand(
      "for i in $(seq 50); do curl -s -o /dev/null localhost:8000 && break; sleep 0.1; done; hostname -I",
    );
    const address = result.trim().split(' ')[0];
    assert.match(address, /^\d+\.\d+\.\d+\.\d+$/);
    assert.equal((await root(`curl -s -m 3 http://${address}:8000/ || echo refused`)).trim(), 'refused');
  });

  it('finds the socket of no agent', async () => {
    const answer = await root('find / -xdev -type s 2>/dev/null; ls -A /run/paddock 2>/dev/null; cat /proc/net/unix | grep -c paddock');
    assert.equal(answer.trim(), '0');
  });

  it('hurts nobody else by replacing its agent with garbage', async () => {
    const wreck = `import re
with open("/proc/1/maps") as maps: areas = [line for line in maps if " r-xp " in line or " rw-p " in line]
memory = open("/proc/1/mem", "r+b", 0)
for line in areas:
    start, end = (int(part, 16) for part in line.split()[0].split("-"))
    try:
        memory.seek(start); memory.write(b"\\x41" * min(end - start, 1 << 20))
    except OSError: pass
`;
    const victim = await client.create();
    await victim.fs.uploadFile(Buffer.from(wreck), '/tmp/wreck.py');
    await victim.process.executeCommand('sudo python3 /tmp/wreck.py', undefined, undefined, 10).catch(() => {});
    await victim.process.executeCommand('echo still here', undefined, undefined, 10).catch(() => {});
    assert.equal((await neighbour.process.executeCommand('echo fine')).result.trim(), 'fine');
    await victim.delete();
    client.created.splice(client.created.indexOf(victim), 1);
  });
});
