import { GraphFailure } from './graph-failure.js';

/** Waits until whatever is asked at the same time has been asked. */
export type Moment = () => Promise<void>;

/** One caller of a gathered read. */
interface Caller<Key, Answer> {
  readonly keys: readonly Key[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Failures that may be about one of the keys alone. */
const ABOUT_A_KEY: ReadonlySet<GraphFailure['kind']> = new Set([
  'badRequest',
  'notFound',
  'unexpectedAnswer',
]);

/**
 * Makes one read of all that are asked for within a moment, so that what many wait for goes out in few requests. Nothing
 * is kept: whoever asks later gets a read that begins later. A failure that may be about one key is asked for again by
 * each caller alone, so that nobody fails because of somebody else.
 * @param read answers all keys of the callers together
 * @returns the read of some keys, which gets the answer to all
 */
export function gather<Key, Answer>(
  read: (keys: readonly Key[]) => Promise<Answer>,
  moment: Moment,
): (keys: readonly Key[]) => Promise<Answer> {
  let waiting: Caller<Key, Answer>[] = [];

  const send = async (): Promise<void> => {
    await moment();
    const callers = waiting;
    waiting = [];
    try {
      const answer = await read([...new Set(callers.flatMap(({ keys }) => keys))]);
      for (const caller of callers) caller.resolve(answer);
    } catch (error) {
      const isShared = !(error instanceof GraphFailure) || !ABOUT_A_KEY.has(error.kind);
      if (isShared || callers.length === 1) for (const caller of callers) caller.reject(error);
      else for (const { keys, resolve, reject } of callers) read(keys).then(resolve, reject);
    }
  };

  return (keys) =>
    new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject });
      if (waiting.length === 1) void send();
    });
}
