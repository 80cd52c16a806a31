// Figures of matplotlib, which is installed into one sandbox that every client uses.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Client, VERSIONS, atLeast } from './lib/clients.mjs';
import { installWheels } from './lib/wheels.mjs';

const owner = new Client(VERSIONS.at(-1));
let id;

before(async () => {
  const sandbox = await owner.create();
  await installWheels(sandbox, 'matplotlib==3.11.2', 'numpy==2.4.6');
  id = sandbox.id;
}, { timeout: 300_000 });
after(() => owner.cleanUp());

const draw = (what) => `import matplotlib.pyplot as plt\n${what}\nplt.show()\nprint("done")`;

for (const version of VERSIONS) {
  describe(`Charts, client ${version}`, { timeout: 180_000 }, () => {
    const client = new Client(version);
    after(() => client.cleanUp());
    let process;
    before(async () => {
      process = (await client.daytona.get(id)).process;
    });

    async function chart(what) {
      const answer = await process.codeRun(draw(what));
      assert.equal(answer.exitCode, 0, answer.result);
      assert.equal(answer.result.trim(), 'done');
      assert.equal(answer.artifacts.charts.length, 1);
      const [only] = answer.artifacts.charts;
      assert.equal(Buffer.from(only.png, 'base64').subarray(1, 4).toString(), 'PNG');
      return only;
    }

    it('of lines carry their points, labels and scales', async () => {
      const line = await chart('plt.plot([1, 2, 3], [4, 5, 6], label="up")\nplt.title("Growth")\nplt.xlabel("time")\nplt.yscale("log")');
      assert.equal(line.type, 'line');
      assert.equal(line.title, 'Growth');
      assert.equal(line.x_label, 'time');
      assert.equal(line.x_scale, 'linear');
      assert.equal(line.y_scale, 'log');
      assert.equal(line.x_ticks.length, line.x_tick_labels.length);
      assert.deepEqual(line.elements.map(({ label, points }) => ({ label, points })), [
        { label: 'up', points: [[1, 4], [2, 5], [3, 6]] },
      ]);
    });

    it('of scattered points', async () => {
      const scatter = await chart('plt.scatter([1, 2], [3, 4.5], label="stars")');
      assert.equal(scatter.type, 'scatter');
      assert.deepEqual(scatter.elements[0].points, [[1, 3], [2, 4.5]]);
    });

    it('of bars', async () => {
      const bar = await chart('plt.bar(["a", "b"], [3, 4.5], label="group")');
      assert.equal(bar.type, 'bar');
      assert.deepEqual(bar.elements.map(({ label }) => label), ['a', 'b']);
      assert.deepEqual(bar.elements.map(({ value }) => Number(value)), [3, 4.5]);
    });

    it('of pies', async () => {
      const pie = await chart('plt.pie([1, 3], labels=["small", "large"])');
      assert.equal(pie.type, 'pie');
      assert.deepEqual(pie.elements.map(({ label }) => label), ['small', 'large']);
      assert.deepEqual(pie.elements.map(({ angle }) => Math.round(angle)), [90, 270]);
    });

    it('of boxes and whiskers', async () => {
      const boxes = await chart('plt.boxplot([[1, 2, 3, 4, 5, 100], [2, 3, 4]], patch_artist=True)');
      assert.equal(boxes.type, 'box_and_whisker');
      const [box] = boxes.elements;
      assert.deepEqual([box.min, box.first_quartile, box.median, box.third_quartile, box.max], [1, 2.25, 3.5, 4.75, 5]);
      assert.deepEqual(box.outliers, [100]);
      assert.equal(boxes.elements.length, 2);
    });

    it('of several', async () => {
      const several = await chart('_, (one, two) = plt.subplots(1, 2)\none.plot([1, 2], [3, 4])\ntwo.bar(["a"], [1])');
      assert.equal(several.type, 'composite_chart');
      assert.deepEqual(several.elements.map(({ type }) => type), ['line', 'bar']);
      assert.deepEqual(several.elements[0].elements[0].points, [[1, 3], [2, 4]]);
    });

    it('of anything else are a picture at least', async () => {
      assert.equal((await chart('plt.imshow([[1, 2], [3, 4]])')).type, 'unknown');
    });

    if (atLeast(version, '0.167.0')) {
      it('come with output that is too long to be kept in memory', async () => {
        const answer = await process.codeRun(draw('plt.plot([1, 2])\nplt.show()\nprint("x" * 1_000_000)'));
        assert.equal(answer.result.length, 1_000_000 + '\ndone\n'.length);
        assert.equal(answer.artifacts.charts.length, 1);
      });
    }
  });
}
