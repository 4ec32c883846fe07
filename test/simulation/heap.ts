/** A list whose first item is never behind another one; the others lie in no order that matters. */
export interface Heap<T> {
  first(): T | undefined;
  push(item: T): void;
  /** Takes the first item out. */
  pop(): void;
}

export function heapOf<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const heap: T[] = [];
  return {
    first: () => heap[0],
    push: (item) => {
      let at = heap.length;
      heap.push(item);
      while (at > 0) {
        const up = (at - 1) >> 1;
        const parent = heap[up] as T;
        if (!isBefore(item, parent)) break;
        heap[at] = parent;
        at = up;
      }
      heap[at] = item;
    },
    pop: () => {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        const right = left + 1;
        if (left >= heap.length) break;
        const smaller = right < heap.length && isBefore(heap[right] as T, heap[left] as T) ? right : left;
        const child = heap[smaller] as T;
        if (!isBefore(child, last)) break;
        heap[at] = child;
        at = smaller;
      }
      heap[at] = last;
    },
  };
}
