import {
  campaignCard,
  campaignHeadline,
  confirmHeadline,
  confirmSwitchCard,
  heldText,
} from '../../cards/campaign-card.js';
import type { CaseView } from '../../cards/case-view.js';
import type { CampaignStand, NotAllowed, SwitchOutcome } from '../../cases/admin/admin-desk.js';
import type { Switch } from '../../cases/campaign/run-switch.js';
import type { Language } from '../../i18n/locale.js';
import { joined, text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say, unknown } from '../say.js';

/** What somebody is told who was an admin a moment ago: the same as whoever never was. */
export function refused(reader: Language): Shown {
  return unknown([], reader);
}

/** The campaign, for an admin. */
export function campaignAnswer(outcome: CampaignStand | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  return { kind: 'card', card: campaignCard(outcome, view), summary: campaignHeadline(outcome, view) };
}

/** The question before the campaign is stopped or goes on; nothing was done yet. */
export function confirmSwitch(
  to: Exclude<Switch, 'paused'>,
  reason: string | undefined,
  outcome: CampaignStand | NotAllowed,
  reader: Language,
): Shown {
  if (outcome.kind === 'notAllowed') return refused(reader);
  if (outcome.seen.campaign === to)
    return say(joined([text(reader, `admin.already.${to}`), text(reader, 'admin.already.nothing')], ' '));
  const card = confirmSwitchCard(to, reason, outcome, reader);
  return { kind: 'card', card, summary: confirmHeadline(to, reader) };
}

/** What became of the switch. */
export function switched(to: Switch, outcome: SwitchOutcome, reader: Language): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(reader);
    case 'already': {
      const already = text(reader, `admin.already.${outcome.stand.seen.campaign}`);
      return say(joined([already, heldText(outcome.stand, reader)], ' '));
    }
    case 'changedMeanwhile': {
      const already = text(reader, `admin.already.${outcome.stand.seen.campaign}`);
      return say(joined([text(reader, 'admin.changedMeanwhile'), already], ' '));
    }
    case 'set': {
      const set = text(reader, to === 'stopped' ? 'admin.set.stopped' : `admin.brake.${to}`);
      if (to === 'running') return say(set);
      const { entry, stand } = outcome;
      const unwritten = entry === 'written' ? [] : [text(reader, `admin.set.entry.${entry}`)];
      return say(joined([set, heldText(stand, reader), ...unwritten], ' '));
    }
    default:
      return outcome satisfies never;
  }
}
