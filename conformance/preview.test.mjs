import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { withEveryClientsSandbox } from './lib/clients.mjs';
import { eventually } from './lib/eventually.mjs';

const PORT = 8123;

withEveryClientsSandbox('Previews', (box) => {
  let link;
  const page = (headers, path = '') => fetch(link.url + path, { headers, redirect: 'manual' });
  const withToken = () => ({ 'x-daytona-preview-token': link.token });

  before(async () => {
    const { process } = box.sandbox;
    await process.createSession('web');
    await process.executeSessionCommand('web', {
      command: `mkdir -p ~/site && cd ~/site && echo 'it works' > index.html && python3 -m http.server ${PORT}`,
      runAsync: true,
    });
    link = await box.sandbox.getPreviewLink(PORT);
    await eventually(async () => (await page(withToken())).ok);
  });

  it('name the port and the sandbox', () => {
    assert.ok(new URL(link.url).hostname.startsWith(`${PORT}-${box.sandbox.id}.`));
  });

  it('open with the preview token', async () => {
    assert.equal(await (await page(withToken(), '/index.html')).text(), 'it works\n');
  });

  it('open with the key', async () => {
    const answer = await page({ authorization: `Bearer ${process.env.DAYTONA_API_KEY}` });
    assert.equal(await answer.text(), 'it works\n');
  });

  it('open with the token in the query', async () => {
    const answer = await page({}, `/?DAYTONA_SANDBOX_AUTH_KEY=${link.token}`);
    assert.ok(answer.ok || answer.status === 302 || answer.status === 307, `status ${answer.status}`);
  });

  it('stay closed without any, and with a wrong one', async () => {
    assert.equal((await page({ accept: 'application/json' })).status, 401);
    assert.equal((await page({ accept: 'application/json', 'x-daytona-preview-token': 'wrong' })).status, 401);
  });

  it('say when nothing listens', async () => {
    const closed = await box.sandbox.getPreviewLink(9);
    const answer = await fetch(closed.url, {
      headers: { accept: 'application/json', 'x-daytona-preview-token': closed.token },
    });
    assert.equal(answer.status, 502);
  });
});
