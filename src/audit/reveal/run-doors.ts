import type { GraphDoor } from '../../graph/graph-door.js';
import type { ConcealDoors } from './run-back.js';

export interface RevealDoors extends ConcealDoors {
  readonly graph: Pick<GraphDoor, 'namesConcealed' | 'setNamesConcealed' | 'report'>;
  /** Resolves after `ms`; ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Says what is about to happen to the whole tenant, before it does: a line at a terminal, or the log. */
  readonly announce: (sentence: string) => void;
  /** Aborted when whoever waits for the answer does no longer, such as by Ctrl-C: then names are concealed at once. */
  readonly ending?: AbortSignal | undefined;
}

/** Reports cannot be read with names, so nobody is judged. `why` says what to do. */
export class NamesStop extends Error {
  override readonly name = 'NamesStop';

  constructor(readonly why: string) {
    super(why);
  }
}

/** Nobody waits for the answer any more. */
export const BROKEN_OFF =
  'The audit was broken off while names in usage reports were shown; they are concealed again and nobody was judged.';

/** Somebody concealed names while reports were read. */
export const CONCEALED_MEANWHILE =
  'Names in usage reports were concealed by somebody else while the audit read them, so some rows may belong to nobody ' +
  'and nobody was judged. The setting was left as it is. Run the audit again.';
