import type { Day } from '../day.js';
import type { OwnedSite } from '../evidence.js';
import { nameKey } from '../name-key.js';
import { readReport, truth, type ReportReading } from './reader.js';

/** What mailboxes and OneDrives hold, of some people only: the lists show it, nothing is judged by it. */
export interface MailboxFacts {
  /** Bytes; undefined when the cell is empty. */
  readonly bytes: number | undefined;
  readonly hasArchive: boolean | undefined;
}

type ByName<T> = ReadonlyMap<string, T>;

/** Looks somebody up in one of these readings. */
export function ofPerson<T>(facts: ByName<T>, userPrincipalName: string): T | undefined {
  return facts.get(nameKey(userPrincipalName));
}

/** Reads getMailboxUsageDetail. `wanted` tells by the name as written whose facts are kept. */
export function readMailboxReport(
  chunks: AsyncIterable<string>,
  wanted: (name: string) => boolean,
): Promise<ReportReading<ByName<MailboxFacts>>> {
  return keptByName(chunks, wanted, {
    title: 'The mailbox usage report',
    name: 'User Principal Name',
    columns: ['Storage Used (Byte)'],
    optional: ['Has Archive'],
    fact: ([bytes = '', archive = '']) => ({
      bytes: bytesOf(bytes),
      hasArchive: archive.trim() === '' ? undefined : truth(archive),
    }),
  });
}

/** Reads getOneDriveUsageAccountDetail: bytes by the owner's name. */
export function readOneDriveReport(
  chunks: AsyncIterable<string>,
  wanted: (name: string) => boolean,
): Promise<ReportReading<ByName<number | undefined>>> {
  return keptByName(chunks, wanted, {
    title: 'The OneDrive usage report',
    name: 'Owner Principal Name',
    columns: ['Storage Used (Byte)'],
    fact: ([bytes = '']) => bytesOf(bytes),
  });
}

/** Reads getSharePointSiteUsageDetail: the sites that people own (field.md F28). */
export async function readSitesReport(
  chunks: AsyncIterable<string>,
  wanted: (name: string) => boolean,
): Promise<ReportReading<ByName<readonly OwnedSite[]>>> {
  const sites = new Map<string, OwnedSite[]>();
  return readReport(chunks, {
    title: 'The SharePoint site usage report',
    name: 'Owner Principal Name',
    deleted: 'Is Deleted',
    columns: ['Site URL', 'Last Activity Date'],
    mayBeNameless: true,
    mayBeEmpty: true,
    collect: () => ({
      row: (name, cells, places, days) => {
        const lastActivity = days(cells[places[1] ?? -1] ?? '');
        if (lastActivity === 'bad') return 'date';
        if (!wanted(name)) return undefined;
        const key = nameKey(name);
        const owned = sites.get(key) ?? [];
        owned.push({ url: (cells[places[0] ?? -1] ?? '').trim(), lastActivity });
        sites.set(key, owned);
        return undefined;
      },
      damaged: () => undefined,
      finish: (_refreshed: Day) => sites,
    }),
  });
}

interface KeptShape<T> {
  readonly title: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly optional?: readonly string[];
  readonly fact: (cells: readonly string[]) => T;
}

/** One row a person; a second one leaves nothing known. */
function keptByName<T>(
  chunks: AsyncIterable<string>,
  wanted: (name: string) => boolean,
  shape: KeptShape<T>,
): Promise<ReportReading<ByName<T>>> {
  const facts = new Map<string, T>();
  const twice = new Set<string>();
  return readReport(chunks, {
    title: shape.title,
    name: shape.name,
    deleted: 'Is Deleted',
    columns: shape.columns,
    ...(shape.optional === undefined ? {} : { optional: shape.optional }),
    collect: () => ({
      row: (name, cells, places) => {
        if (!wanted(name)) return undefined;
        const key = nameKey(name);
        if (facts.has(key)) twice.add(key);
        facts.set(key, shape.fact(places.map((place) => cells[place] ?? '')));
        return undefined;
      },
      damaged: (name) => void twice.add(nameKey(name)),
      finish: (_refreshed: Day) => {
        for (const key of twice) facts.delete(key);
        return facts;
      },
    }),
  });
}

/** undefined: no figure, which is not 0. */
function bytesOf(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : undefined;
}
