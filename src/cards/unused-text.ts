import type { UnusedReason } from '../audit/licenses/unused.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { plainText } from './escape.js';
import { idleLength } from './idle-length.js';

/** Why a license is not needed where it is, as plain text: `not used for 130 days`, with what nothing records. */
export function unusedText(reason: UnusedReason, reader: Language): ReadyText {
  switch (reason.kind) {
    case 'covered':
      return text(reader, 'unused.covered', { license: plainText(reason.by) });
    case 'neverActivated':
      return text(reader, 'evidence.neverActivated');
    case 'neverUsed':
      return reason.unrecorded === undefined || reason.unrecorded.length === 0
        ? text(reader, 'unused.neverUsed')
        : text(reader, 'unused.neverUsedBeside', { apps: appNames(reason.unrecorded, reader) });
    case 'idle': {
      const { days, unrecorded = [] } = reason;
      const length = idleLength(days, reader);
      return unrecorded.length === 0
        ? text(reader, 'unused.idle', { length })
        : text(reader, 'unused.idleBeside', { length, apps: appNames(unrecorded, reader) });
    }
    default:
      return reason satisfies never;
  }
}

function appNames(apps: readonly string[], reader: Language): ReadyText {
  const names = apps.map((app) => plainText(app));
  const last = names.at(-1);
  if (last === undefined || names.length === 1) return joined(names, ', ');
  return text(reader, 'list.two', { first: joined(names.slice(0, -1), ', '), second: last });
}
