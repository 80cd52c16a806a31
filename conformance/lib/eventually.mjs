import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is there; fails with the last reason after the limit. */
export async function eventually(ask, { within = 20_000, every = 100 } = {}) {
  const end = performance.now() + within;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      if (performance.now() > end) throw new Error(`nothing within ${within} ms`);
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await pause(every);
  }
}
