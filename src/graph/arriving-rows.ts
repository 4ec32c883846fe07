export interface ArrivingRows<Row> {
  readonly add: (raw: unknown, at: number) => void;
  /**
   * What was added since the last time, as soon as there is any, until `answer` is there.
   * @throws what `answer` is rejected with, and what `read` throws
   */
  until(answer: Promise<unknown>): AsyncGenerator<readonly Row[]>;
}

/** Hands rows from a callback to a loop. */
export function arrivingRows<Row>(read: (raw: unknown, at: number) => Row): ArrivingRows<Row> {
  let waiting: Row[] = [];
  let fault: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  return {
    add(raw, at) {
      try {
        waiting.push(read(raw, at));
      } catch (error) {
        // For the reader: whoever hears of it here would take it for a bad connection.
        fault ??= { error };
      }
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
        if (fault !== undefined) throw fault.error;
        const rows = waiting;
        waiting = [];
        if (rows.length > 0) yield rows;
        else if (isOver) break;
      }
      await over;
    },
  };
}
