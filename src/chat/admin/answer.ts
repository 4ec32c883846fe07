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
import type { Shown } from '../answer.js';
import { say, unknown } from '../say.js';

/** What somebody is told who was an admin a moment ago: the same as whoever never was. */
export function refused(): Shown {
  return unknown([]);
}

/** The campaign, for an admin. */
export function campaignAnswer(outcome: CampaignStand | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  return { kind: 'card', card: campaignCard(outcome, view), summary: campaignHeadline(outcome) };
}

/** The question before the campaign is stopped or goes on; nothing was done yet. */
export function confirmSwitch(
  to: Exclude<Switch, 'paused'>,
  reason: string | undefined,
  outcome: CampaignStand | NotAllowed,
): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  if (outcome.seen.campaign === to) return say(`${ALREADY[to]} Nothing was changed.`);
  return { kind: 'card', card: confirmSwitchCard(to, reason, outcome), summary: confirmHeadline(to) };
}

/** What became of the switch. */
export function switched(to: Switch, outcome: SwitchOutcome): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused();
    case 'already':
      return say(`${ALREADY[outcome.stand.seen.campaign]} ${heldText(outcome.stand)}`);
    case 'changedMeanwhile':
      return say(
        `Nothing was changed: somebody has set it since. ${ALREADY[outcome.stand.seen.campaign]} Ask again.`,
      );
    case 'set':
      return say(`${SET[to]}${to === 'running' ? '' : ` ${heldText(outcome.stand)}`}`);
    default:
      return outcome satisfies never;
  }
}

const SET: Readonly<Record<Switch, string>> = {
  paused: '**Paused**: nobody is asked and no step is taken until **resume**. Undo still works.',
  running: '**Running**: questions and steps go on.',
  stopped:
    '**Stopped**: nobody is asked and no step is taken. Cases in which nothing was done yet are being cancelled; what ' +
    'was done can still be undone.',
};

const ALREADY: Readonly<Record<Switch, string>> = {
  paused: 'The campaign is paused.',
  running: 'The campaign is running.',
  stopped: 'The campaign is stopped, which holds more than a pause; **resume** lets it go on.',
};
