import type { MailboxState } from '../graph/exchange-door.js';
import { gigabytes, type MailboxRoom } from '../spend/mailbox-room.js';

/** What there is no room for in a mailbox, as the rest of a sentence; undefined: nothing that is known. Pure. */
export function beyondRoom(
  { litigationHold, inPlaceHolds, hasArchive, bytes }: Omit<MailboxState, 'type'>,
  room: MailboxRoom,
): string | undefined {
  const beyond = [
    ...((litigationHold || inPlaceHolds) && !room.hold ? ['is on hold'] : []),
    ...(hasArchive && !room.archive ? ['has an archive'] : []),
    ...(bytes !== undefined && bytes > room.bytes ? [`holds more than ${gigabytes(room)} GB`] : []),
  ];
  return beyond.length === 0 ? undefined : beyond.join(' and ');
}
