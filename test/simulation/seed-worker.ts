import { live, type Life } from './life.js';
import { RULES } from './rules/all.js';

/** What a worker process is asked for, one at a time. */
export interface Work {
  readonly seed: number;
  readonly twice: boolean;
}

export type Done = Omit<Life, 'lines'> & { readonly ms: number; readonly isSameTwice: boolean };

/*
 * A process that lives through one seed after the other, as its parent says. Where errors arose is of no interest here
 * and costs much; the story of a failing seed is told by the parent.
 */
Error.stackTraceLimit = 0;

process.on('message', ({ seed, twice }: Work) => {
  void (async () => {
    const begun = performance.now();
    const life = await live(seed, RULES);
    const again = twice ? await live(seed, RULES) : life;
    const { lines: _lines, ...rest } = life;
    const done: Done = {
      ...rest,
      ms: performance.now() - begun,
      isSameTwice: again.checksum === life.checksum && again.events === life.events,
    };
    process.send?.(done);
  })();
});
process.on('disconnect', () => process.exit());
