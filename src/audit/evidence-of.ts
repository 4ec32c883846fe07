import type { Evidence } from './evidence.js';
import type { Contents, Service } from './licenses/parts.js';
import type { License, Person } from './person.js';
import type { Reports } from './reports/run-reports.js';
import { ofPerson } from './reports/storage.js';
import { usageEvidence } from './licenses/usage.js';

type ContentsOf = (license: License) => Contents;

/** What the reports say of one person: all of the evidence but sign-ins. */
export type Use = Omit<Evidence, 'signIn'>;

/** Everything that the reports say of one person. Pure. */
export function useOf(
  person: Person,
  licenses: readonly License[],
  reports: Reports,
  contentsOf: ContentsOf,
): Use {
  const { userPrincipalName } = person;
  const { details, ...usage } = usageEvidence(
    reports.sources,
    userPrincipalName,
    servicesOf(person, licenses, contentsOf),
  );
  const { states } = reports;
  const mailbox = reports.mailboxes && ofPerson(reports.mailboxes, userPrincipalName);
  return {
    ...usage,
    details: {
      ...details,
      mailStorage: mailbox?.bytes,
      hasArchive: mailbox?.hasArchive,
      mailboxesRefreshed: states.mailboxes.kind === 'read' ? states.mailboxes.refreshed : undefined,
      oneDriveStorage: reports.oneDrives && ofPerson(reports.oneDrives, userPrincipalName),
      sites: reports.sites && (ofPerson(reports.sites, userPrincipalName) ?? []),
    },
  };
}

/** Reports may leave guests out, whatever they hold, so no row of theirs is missed. */
export function servicesOf(
  person: Pick<Person, 'kind'>,
  licenses: readonly License[],
  contentsOf: ContentsOf,
): ReadonlySet<Service> {
  return new Set(person.kind === 'guest' ? [] : licenses.flatMap((license) => contentsOf(license).services));
}
