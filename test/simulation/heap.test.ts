import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { heapOf } from './heap.js';

it('gives the first of what is in it, whatever was put in and taken out before', () => {
  const steps = fc.array(fc.oneof(fc.integer(), fc.constant('pop' as const)));
  fc.assert(
    fc.property(steps, (all) => {
      const heap = heapOf<number>((a, b) => a < b);
      let listed: number[] = [];
      for (const step of all) {
        if (step === 'pop') {
          heap.pop();
          listed = listed.slice(1);
        } else {
          heap.push(step);
          listed = [...listed, step].sort((a, b) => a - b);
        }
        expect(heap.first()).toBe(listed[0]);
      }
    }),
  );
});
