/** Ids that count up, so that a failing test shows the same ones each time. */
export function countingIds(prefix: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${count}`;
  };
}
