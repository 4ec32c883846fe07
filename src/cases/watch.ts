import type { Instant } from './case.js';

/** What software looks for while a person has the task. */
export interface Watch {
  /**
   * `effect`: the step was done by hand. `giveBack`: its undo was. `clear`: what stood in the step's way is gone. `again`:
   * what was refused is so in some other way; if not, it is tried once more. `stays`: what was done and has come undone is so
   * again.
   */
  readonly for: 'effect' | 'giveBack' | 'clear' | 'again' | 'stays';
  readonly index: number;
  readonly lookAt: Instant;
  /** `again`: before that it is only looked at. Absent: it is tried with the next look. */
  readonly tryFrom?: Instant;
  /** Of a reassignment: when what was taken goes back, if the receiver cannot get it until then. */
  readonly giveBackFrom?: Instant;
  /**
   * When another directory last wrote over what was then first seen to be so; a later time has to show it as well. Absent:
   * it was not seen yet, or nothing writes over it.
   */
  readonly seenAfter?: Instant;
  /** The tenant does not have any more what is to come back. */
  readonly notServed?: true;
}
