import { isoTime } from './dates.js';
import { ok } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { nextLink, pageStart } from './paging.js';
import { collectionQuery } from './query.js';
import { guidFor } from './random.js';
import { signInEntries } from './sign-in-entries.js';
import type { SignInEntry } from './sign-in-entries.js';
import { signInFilter } from './sign-in-filter.js';
import { DAY_MS } from './sim-person.js';
import type { SimPerson } from './sim-person.js';
import { findPerson, peopleOf } from './tenant.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

const RULES = { allowed: ['$filter', '$top'], defaultTop: 1_000, maxTop: 1_000 };
/** With Entra ID P1 or P2; without, Graph does not give the log out at all. */
const KEPT_DAYS = 30;

/** GET /auditLogs/signIns: interactive sign-ins, newest first. */
export function listSignInLog(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, RULES);
  const filter = signInFilter(query.filter);
  const start = pageStart(world, query);
  const since = world.now().getTime() - KEPT_DAYS * DAY_MS;
  const entries = [...peopleIn(world, filter.userId)]
    .flatMap((person) => signInEntries(person, since))
    .filter(filter.matches)
    .toSorted((a, b) => b.at - a.at);
  const end = start + query.top;
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#auditLogs/signIns`,
    ...(end < entries.length ? { '@odata.nextLink': nextLink(world, call, query, end) } : {}),
    value: entries.slice(start, end).map(wireSignIn),
  });
}

function peopleIn(world: World, userId: string | undefined): Iterable<SimPerson> {
  const { tenant } = world;
  const time = tenantTime(world);
  if (userId === undefined) return peopleOf(tenant, time, 0, tenant.size);
  const person = findPerson(tenant, userId, time);
  return person?.id === userId ? [person] : [];
}

function wireSignIn(entry: SignInEntry): unknown {
  const { person, app } = entry;
  return {
    id: entry.id,
    createdDateTime: isoTime(entry.at),
    userDisplayName: person.displayName,
    userPrincipalName: person.userPrincipalName.toLowerCase(),
    userId: person.id,
    appId: app.id,
    appDisplayName: app.name,
    ipAddress: entry.ipAddress,
    clientAppUsed: entry.client,
    correlationId: guidFor(person.index, Math.floor(entry.at / 60_000), 5),
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: app.name,
    resourceId: app.id,
    status: { errorCode: entry.errorCode, failureReason: entry.failureReason, additionalDetails: null },
    deviceDetail: {
      ...{ deviceId: '', displayName: null, operatingSystem: null, browser: null },
      ...{ isCompliant: null, isManaged: null, trustType: null },
    },
    location: {
      ...{ city: entry.city ?? '', state: '', countryOrRegion: entry.country ?? '' },
      geoCoordinates: { altitude: null, latitude: null, longitude: null },
    },
    appliedConditionalAccessPolicies: [],
  };
}
