import { DAY_MS } from './sim-person.js';

/** Days are asked for again and again, and there are few of them. */
const DAYS = new Map<number, string>();
const MOST_DAYS = 20_000;
const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** `2026-11-23` */
export function dayText(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const known = DAYS.get(day);
  if (known !== undefined) return known;
  const text = new Date(ms).toISOString().slice(0, 10);
  if (DAYS.size >= MOST_DAYS) DAYS.clear();
  DAYS.set(day, text);
  return text;
}

/** ISO 8601 in whole seconds, as the directory writes it: `2026-11-23T10:00:00Z` */
export function isoTime(ms: number): string {
  const seconds = Math.floor((ms - Math.floor(ms / DAY_MS) * DAY_MS) / 1000);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${dayText(ms)}T${digits(hour)}:${digits(minute)}:${digits(second)}Z`;
}

function digits(n: number): string {
  return TWO_DIGITS[n] ?? String(n);
}
