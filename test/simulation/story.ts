/** What happened, as a checksum of every event and, if somebody wants to read it, in sentences. */
export interface Story {
  /** One event, for the checksum alone. */
  note(time: number, what: string): void;
  /** A sentence; made only when somebody reads it. */
  tell(time: number, who: string, sentence: () => string): void;
  /** Over all events so far: two lives with the same checksum were the same. */
  checksum(): string;
  readonly lines: readonly string[];
}

export function storyOf(isRead: boolean): Story {
  const lines: string[] = [];
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  const take = (number: number): void => {
    a = Math.imul(a ^ number, 2_654_435_761);
    b = Math.imul(b ^ number, 1_597_334_677);
    a ^= b >>> 13;
  };
  const note = (time: number, what: string): void => {
    take(time | 0);
    take((time / 2 ** 32) | 0);
    for (let at = 0; at < what.length; at += 1) take(what.charCodeAt(at));
  };
  return {
    lines,
    note,
    tell: (time, who, sentence) => {
      note(time, who);
      if (!isRead) return;
      const at = new Date(time).toISOString();
      lines.push(`${at.slice(0, 10)} ${at.slice(11, 23)}  ${who.padEnd(12)} ${sentence()}`);
    },
    checksum: () => (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0'),
  };
}
