import type { Evidence } from './evidence.js';
import type { Service } from './licenses/parts.js';
import type { License, Person } from './person.js';
import type { Sources } from './sources/run-sources.js';
import { signInEvidence } from './sign-ins/sign-in.js';
import { ofPerson } from './reports/storage.js';
import { usageEvidence } from './licenses/usage.js';

/** Everything that was read about one person. Pure. */
export function evidenceFor(
  person: Person,
  licenses: readonly License[],
  needsSignIn: boolean,
  sources: Pick<Sources, 'reports' | 'signIns' | 'contentsOf'>,
): Evidence {
  const { reports, signIns } = sources;
  const { userPrincipalName } = person;
  const { details, ...usage } = usageEvidence(
    reports.sources,
    userPrincipalName,
    servicesOf(person, licenses, sources.contentsOf),
  );
  const mailbox = reports.mailboxes && ofPerson(reports.mailboxes, userPrincipalName);
  return {
    ...usage,
    signIn: needsSignIn
      ? signInEvidence(signIns.rows.get(person.id), signIns.source, person.created)
      : { unknown: 'not needed: the reports show use' },
    details: {
      ...details,
      mailStorage: mailbox?.bytes,
      hasArchive: mailbox?.hasArchive,
      oneDriveStorage: reports.oneDrives && ofPerson(reports.oneDrives, userPrincipalName),
      sites: reports.sites && (ofPerson(reports.sites, userPrincipalName) ?? []),
    },
  };
}

/** Reports may leave guests out, whatever they hold, so no row of theirs is missed. */
export function servicesOf(
  person: Pick<Person, 'kind'>,
  licenses: readonly License[],
  contentsOf: Sources['contentsOf'],
): ReadonlySet<Service> {
  return new Set(person.kind === 'guest' ? [] : licenses.flatMap((license) => contentsOf(license).services));
}
