import type { Life } from './lives.js';
import { randomOf } from './random.js';
import type { AppPlatform, SimUsage } from './sim-person.js';
import { activation, storageOf } from './usage.js';

/** What reports know of a named person, in short. What is not said: uses the apps, on Windows and the web only. */
export interface NamedUsage {
  readonly platforms?: readonly AppPlatform[];
  /** How many days before the tenant was made Visio was activated last; never when not said. */
  readonly visioDaysAgo?: number;
  readonly projectDaysAgo?: number;
  readonly sites?: number;
  /** Size of the mailbox in GB; some size or other when not said. */
  readonly mailboxGb?: number;
  readonly hasArchive?: boolean;
}

const GB = 1024 ** 3;

const APPS_DAYS_AGO = 380;
/** Drawn from this, and not from the tenant's seed: named people are the same in every tenant. */
const SEED = 19;
const PURPOSE = 1;
/** All accounts and licenses of named people who activated something are older. */
const LONG_AGO = 0;

export function namedUsage(
  spec: NamedUsage,
  index: number,
  life: Life,
  context: { readonly createdAt: number },
): SimUsage {
  const random = randomOf(SEED, index, PURPOSE);
  const platforms = spec.platforms ?? ['windows', 'web'];
  const facts = { createdAt: context.createdAt, licensedSince: LONG_AGO };
  const activated = (daysAgo: number | undefined) =>
    daysAgo === undefined ? null : activation(life, facts, daysAgo, platforms);
  return {
    email: life.email,
    apps: { last: life.apps, platforms },
    activations: {
      apps: activated(APPS_DAYS_AGO),
      visio: activated(spec.visioDaysAgo),
      project: activated(spec.projectDaysAgo),
    },
    ...storageOf(life, random(), random()),
    ...(spec.mailboxGb === undefined ? {} : { mailboxBytes: spec.mailboxGb * GB }),
    hasArchive: spec.hasArchive ?? false,
    sites: spec.sites ?? 0,
  };
}
