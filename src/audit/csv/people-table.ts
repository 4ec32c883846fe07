import { readSpelledTable, type SpelledRow, type SpelledTable } from './spelled-columns.js';

/** What a column of a list of people may be; `COLUMNS` has the spellings. */
export type PeopleColumn = keyof typeof COLUMNS;

export type PeopleRow = SpelledRow<PeopleColumn>;
export type PeopleTable = SpelledTable<PeopleColumn>;

const COLUMNS = {
  objectId: ['objectid', 'entraobjectid', 'azureadobjectid', 'aadobjectid'],
  userPrincipalName: ['userprincipalname', 'upn'],
  employeeId: ['employeeid'],
  status: [
    'status',
    'employmentstatus',
    'employeestatus',
    'workerstatus',
    'userstatus',
    'hrstatus',
    'accountstatus',
  ],
  leaveFrom: ['leavefrom', 'leavefromdate', 'leavestart', 'leavestartdate', 'onleavefrom', 'absencefrom'],
  leaveUntil: [
    'leaveuntil',
    'leaveuntildate',
    'leaveto',
    'leaveend',
    'leaveenddate',
    'onleaveuntil',
    'absenceuntil',
  ],
} as const;

/** Columns by which a person is found. */
export const KEY_COLUMNS = ['objectId', 'userPrincipalName', 'employeeId'] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

/** Reads a CSV file of people: a header line, comma or semicolon. Other columns are passed over. */
export function readPeopleTable(bytes: Uint8Array): PeopleTable {
  return readSpelledTable(bytes, COLUMNS);
}
