import { ago } from './lives.js';
import type { Life } from './lives.js';
import type { Random } from './random.js';
import type { AppPlatform, SimActivation, SimUsage } from './sim-person.js';

const GB = 1024 ** 3;
/** How many of those who could do so use the apps, and had Visio or Project activated. */
const SHARE = { apps: 0.85, activated: 0.5, archive: 0.08, ownsSites: 0.02 } as const;

const PLATFORMS: readonly (readonly AppPlatform[])[] = [
  ['windows', 'web'],
  ['windows', 'mobile', 'web'],
  ['windows'],
  ['mac', 'web'],
  ['windows', 'mobile'],
];

export interface UsageFacts {
  readonly createdAt: number;
  /** Nothing was activated before the first license came, in ms since 1970. */
  readonly licensedSince: number;
  /** See BulkTenant: Visio and Project that were never activated come so many times as often. */
  readonly idleness: number;
}

/**
 * What an ordinary person did with apps, mail, files and sites. Always the same number of draws, so that one habit
 * does not move another. Nobody activated anything after they were last there, and whoever never came has nothing.
 */
export function bulkUsage(random: Random, life: Life, facts: UsageFacts): SimUsage {
  const draw = {
    ...{ usesApps: random(), platform: random(), appsAge: random(), visio: random(), visioAge: random() },
    ...{ project: random(), projectAge: random(), mail: random(), archive: random(), files: random() },
    sites: random(),
  };
  const activatedShare = 1 - (1 - SHARE.activated) * facts.idleness;
  const platforms = PLATFORMS[Math.floor(draw.platform * PLATFORMS.length)] ?? [];
  const usesApps = draw.usesApps < SHARE.apps && life.apps !== null;
  const activated = (did: boolean, age: number) =>
    did ? activation(life, facts, 5 + Math.floor(age * 600), platforms) : null;
  return {
    email: life.email,
    apps: { last: usesApps ? life.apps : null, platforms },
    activations: {
      apps: activated(usesApps, draw.appsAge),
      visio: activated(draw.visio < activatedShare, draw.visioAge),
      project: activated(draw.project < activatedShare, draw.projectAge),
    },
    ...storageOf(life, draw.mail, draw.files),
    hasArchive: draw.archive < SHARE.archive,
    sites: draw.sites < SHARE.ownsSites ? 1 + Math.floor((draw.sites / SHARE.ownsSites) * 3) : 0,
  };
}

/** An activation so many days before the tenant was made, moved to when it was possible; null: it never was. */
export function activation(
  life: Pick<Life, 'apps'>,
  facts: Omit<UsageFacts, 'idleness'>,
  daysAgo: number,
  platforms: readonly AppPlatform[],
): SimActivation | null {
  if (life.apps === null) return null;
  const mac = platforms.includes('mac') ? 1 : 0;
  const last = Math.min(life.apps, Math.max(facts.licensedSince, ago(facts, daysAgo)));
  return { last, windows: mac === 0 ? 1 : 0, mac };
}

/** `mail` and `files` from 0 to 1. A mailbox gets mail although nobody reads it; a OneDrive begins with its first use. */
export function storageOf(
  life: Pick<Life, 'apps'>,
  mail: number,
  files: number,
): Pick<SimUsage, 'mailboxBytes' | 'oneDriveBytes'> {
  if (life.apps !== null) {
    return {
      mailboxBytes: Math.floor(mail ** 3 * 60 * GB),
      oneDriveBytes: Math.floor(files ** 4 * 200 * GB),
    };
  }
  return { mailboxBytes: mail < 0.5 ? 0 : Math.floor((mail - 0.5) * 0.04 * GB), oneDriveBytes: null };
}
