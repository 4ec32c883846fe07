import type { Part } from './elements.js';

/** One bar. */
export interface Bar {
  readonly x: string;
  readonly y: number;
}

/**
 * Figures as bars, for clients that can draw them; whatever they show is said in words as well, so they may be left out.
 * Each has its number beside it: an axis would have fractions, of people too, and cannot be told of whole steps.
 */
export function bars(title: string, data: readonly Bar[]): Part {
  return {
    type: 'Chart.HorizontalBar',
    title,
    displayMode: 'AbsoluteNoAxis',
    colorSet: 'categorical',
    data,
    fallback: 'drop',
  };
}
