/** What became of a step that was about to change the tenant. */
export type Tried = 'worked' | 'failed' | 'notTried';

/** What cases need of each other that one process works on at the same time. */
export interface SideBySide {
  /** One after the other: for what they write to the same row. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** The same for steps that want seats of which there are few: their own turn, because `inTurn` is within it. */
  readonly alone: <T>(act: () => Promise<T>) => Promise<T>;
  /**
   * A step's last look at the brakes, its intention and its call. As many at once as have worked in a row before, so that
   * what fails for one person is not tried for many before the guard knows (safety rule 8).
   */
  readonly effect: (act: () => Promise<Tried>) => Promise<void>;
}

/** At 300 ms each, more than Graph lets one app change in a second. */
const MOST_AT_ONCE = 10;

export function sideBySide(): SideBySide {
  let underWay = 0;
  let worked = 0;
  const waiting: (() => void)[] = [];

  const next = (): void => {
    while (waiting.length > 0 && underWay < Math.min(MOST_AT_ONCE, worked + 1)) {
      underWay += 1;
      waiting.shift()?.();
    }
  };

  return {
    inTurn: oneByOne(),
    alone: oneByOne(),
    effect: async (act) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      let tried: Tried = 'failed';
      try {
        tried = await act();
      } finally {
        underWay -= 1;
        if (tried !== 'notTried') worked = tried === 'worked' ? worked + 1 : 0;
        next();
      }
    },
  };
}

/** Whatever is handed to it begins when all that came before has ended, well or badly. */
export function oneByOne(): SideBySide['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}
