import { IANAZone } from 'luxon';
import { DAY_MS } from './durations.js';

/**
 * An IANA time zone that remembers its offsets: the runtime takes microseconds for each, and a card names many dates. A
 * UTC day that begins and ends with the same offset has it all day long; on any other day it is asked each time.
 */
class RememberedZone extends IANAZone {
  readonly #offsets = new Map<number, number | 'changes'>();
  readonly #names = new Map<number, string>();

  /** Minutes ahead of UTC. */
  override offset(ms: number): number {
    const offset = this.#offsetOf(Math.floor(ms / DAY_MS));
    return offset === 'changes' ? super.offset(ms) : offset;
  }

  /** Such as `CET` or `GMT+3`, as in the United Kingdom. */
  shortName(ms: number): string {
    const day = Math.floor(ms / DAY_MS);
    const isSteady = this.#offsetOf(day) !== 'changes';
    const known = isSteady ? this.#names.get(day) : undefined;
    if (known !== undefined) return known;
    const name = this.offsetName(ms, { format: 'short', locale: 'en-GB' }) ?? '';
    if (isSteady) this.#names.set(day, name);
    return name;
  }

  #offsetOf(day: number): number | 'changes' {
    const known = this.#offsets.get(day);
    if (known !== undefined) return known;
    const offset = super.offset(day * DAY_MS);
    const found = offset === super.offset((day + 1) * DAY_MS) ? offset : 'changes';
    if (this.#offsets.size >= MOST_DAYS) {
      this.#offsets.clear();
      this.#names.clear();
    }
    this.#offsets.set(day, found);
    return found;
  }
}

/** Ten years: whatever dates are asked for, a zone stays small. */
const MOST_DAYS = 3_660;

const known = new Map<string, RememberedZone>();

/** true: there is an IANA zone of that name. */
export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** The zone of that name; one that does not exist is not valid and gives no dates. */
export function zoneNamed(name: string): RememberedZone {
  const before = known.get(name);
  if (before !== undefined) return before;
  const zone = new RememberedZone(name);
  known.set(name, zone);
  return zone;
}
