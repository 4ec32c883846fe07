import { instant, type Instant } from '../../cases/case.js';
import type { Doc, Store, Stored } from '../../store/store.js';
import { atTheBeginning, stillOfUse, type Beginning, type SignInPlace } from './place.js';

/** Where the reading of an earlier run stood, between runs: counts, and links of Graph. */
export interface KeptPlace {
  /** Of an earlier run that did not come to its end, as far as it is of use now. */
  load(beginning: Beginning): Promise<SignInPlace>;
  /** To be called when the rows before it are kept. */
  save(place: SignInPlace, now: Date): Promise<void>;
  /** The reading has come to its end. */
  forget(): Promise<void>;
}

export interface KeptPlaceDoors {
  readonly store: Store;
  readonly newId: () => string;
  /** Milliseconds until a row is read again. */
  readonly maxAgeMs: number;
}

const KIND = 'signInsPlace';

interface PlaceDoc extends Doc, Pick<SignInPlace, 'sweep' | 'pass' | 'sample'> {
  readonly kind: typeof KIND;
  readonly startedAt: Instant | undefined;
  readonly until: Instant;
  readonly keptAt: Instant;
}

const ALL = { field: 'kind', is: '=', value: KIND } as const;

/** Each run has a document of its own, so that two of them never write the same one; the newest counts. */
export function keptPlace({ store, newId, maxAgeMs }: KeptPlaceDoors): KeptPlace {
  let own: Stored<PlaceDoc> | undefined;
  let earlier: readonly string[] = [];
  const remove = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await store.remove('meta', id, id);
  };
  return {
    load: async (beginning) => {
      const docs: PlaceDoc[] = [];
      for await (const { doc } of store.query<PlaceDoc>({ container: 'meta', where: [ALL] })) docs.push(doc);
      earlier = docs.map(({ id }) => id);
      const newest = docs.toSorted((a, b) => (a.keptAt > b.keptAt ? -1 : 1))[0];
      return newest === undefined
        ? atTheBeginning(beginning.olderThan)
        : stillOfUse(placeOf(newest), beginning, maxAgeMs);
    },
    save: async (place, now) => {
      const doc = docOf(place, own?.doc.id ?? `sign-ins-place-${newId()}`, now);
      own = await (own === undefined ? store.create('meta', doc) : store.replace('meta', doc, own.etag));
      const before = earlier;
      earlier = [];
      await remove(before);
    },
    forget: async () => {
      const ids = own === undefined ? earlier : [...earlier, own.doc.id];
      own = undefined;
      earlier = [];
      await remove(ids);
    },
  };
}

function docOf({ startedAt, until, sweep, pass, sample }: SignInPlace, id: string, now: Date): PlaceDoc {
  return {
    id,
    kind: KIND,
    startedAt: startedAt && instant(startedAt),
    until: instant(until),
    keptAt: instant(now),
    sweep,
    pass,
    sample,
  };
}

function placeOf({ startedAt, until, sweep, pass, sample }: PlaceDoc): SignInPlace {
  return {
    startedAt: startedAt === undefined ? undefined : new Date(startedAt),
    until: new Date(until),
    sweep,
    pass,
    sample,
  };
}
