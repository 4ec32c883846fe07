import type { Policy } from '../../config/policy.js';
import type { GraphFailure } from '../../graph/graph-failure.js';
import type { SourceState } from '../sources/state.js';
import { fixFor, permissionsOf, taskOf } from '../tasks/tasks.js';

/** Why the tenant's setting for names in reports could not be looked at: a permission is missing. undefined: it was. */
export type SettingRefused = GraphFailure | undefined;

type NamesPolicy = Pick<Policy, 'reports'>;

export const SHOW_BY_HAND =
  'In the Microsoft 365 admin center, under Settings > Org settings > Services > Reports, clear "Display concealed ' +
  'user, group, and site names in all reports", wait some minutes and run the audit again.';

export const OR_BY_HAND = `Or show them by hand: ${SHOW_BY_HAND}`;

/** To change the setting contains to read it, so only one of them has to be granted. */
function permissions({ reports }: NamesPolicy): readonly string[] {
  return permissionsOf(taskOf(reports.revealNames ? 'revealNames' : 'reportSettings'));
}

/** Names are concealed, the policy allows to show them, and we may not. */
export function notShown(): string {
  const needed = permissionsOf(taskOf('revealNames'));
  return (
    'Names in usage reports are not shown for the audit, although reports.revealNames in the policy allows it, because ' +
    `the permission ${needed.join(' and ')} is missing. ${fixFor(needed)}`
  );
}

/** Names may be shown, by an audit that did not end, and we may not conceal them any more. */
export function notConcealed(): string {
  const needed = permissionsOf(taskOf('revealNames'));
  return (
    'Names in usage reports may still be shown in the whole tenant, after an audit that did not end, and cannot be ' +
    `concealed again, because the permission ${needed.join(' and ')} is missing. Nobody was judged. ${fixFor(needed)} ` +
    'Or set "Display concealed user, group, and site names in all reports" in the Microsoft 365 admin center under ' +
    'Settings > Org settings > Services > Reports.'
  );
}

/** What to do where reports came concealed and nobody could look at the setting before. */
export function showAnyway({ reports }: NamesPolicy): string {
  return reports.revealNames ? `${notShown()} ${OR_BY_HAND}` : SHOW_BY_HAND;
}

/** Of an audit that could not look at the setting, and was not stopped by concealed names. */
export function settingCaveats(refused: SettingRefused, policy: NamesPolicy): readonly string[] {
  if (refused === undefined) return [];
  const needed = permissions(policy).join(' and ');
  return [
    policy.reports.revealNames
      ? `Names in reports are never shown as reports.revealNames allows, because the permission ${needed} is missing; the ` +
        'reports were read as they came.'
      : `Whether the tenant conceals names in reports could not be looked at, because the permission ${needed} is missing; ` +
        'the reports were read as they came.',
  ];
}

export function settingStates(refused: SettingRefused, policy: NamesPolicy): readonly SourceState[] {
  if (refused === undefined) return [];
  const fix = fixFor(permissions(policy));
  return [{ source: 'namesSetting', state: 'impossible', why: refused.message, fix }];
}
