export interface ArrivingRows<Row> {
  readonly add: (raw: unknown, at: number) => void;
  /**
   * What was added since the last time, as soon as there is any, until `answer` is there.
   * @throws what `answer` is rejected with
   */
  until(answer: Promise<unknown>): AsyncGenerator<readonly Row[]>;
}

/** Hands rows from a callback to a loop. */
export function arrivingRows<Row>(read: (raw: unknown, at: number) => Row): ArrivingRows<Row> {
  let waiting: Row[] = [];
  let wake = (): void => undefined;
  return {
    add(raw, at) {
      waiting.push(read(raw, at));
      wake();
    },
    async *until(answer) {
      let isOver = false;
      const over = answer.finally(() => {
        isOver = true;
        wake();
      });
      // Rejections are for the reader who comes back for more; until then nobody else hears of them.
      over.catch(() => undefined);
      for (;;) {
        if (waiting.length === 0 && !isOver) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const rows = waiting;
        waiting = [];
        if (rows.length > 0) yield rows;
        else if (isOver) break;
      }
      await over;
    },
  };
}
