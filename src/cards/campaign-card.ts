import type { CardJson } from '../bot/messenger.js';
import type { CampaignStand } from '../cases/admin/admin-desk.js';
import type { Funnel } from '../cases/campaign/funnel.js';
import type { Brake, Switch } from '../cases/campaign/run-switch.js';
import type { Instant } from '../cases/case.js';
import type { CaseView } from './case-view.js';
import { timeText } from './dates.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { amount, peopleText } from './query-parts.js';

/** How far the campaign has come: a picture where the client draws one, and always the figures. */
export function campaignCard(stand: CampaignStand, view: CaseView): CardJson {
  const { funnel, run, brake } = stand;
  const stages = stagesOf(stand);
  return card([
    title(campaignHeadline(stand)),
    line(BRAKES[brake]),
    quiet(
      run === undefined
        ? 'No audit has finished yet.'
        : `Newest audit: ${timeText(run.finishedAt as Instant, view)}. Protected people are in no figure.`,
    ),
    ...(funnel.opened > 1 ? [bars(stages)] : []),
    facts(stages.map(({ name, count }) => [name, amount(count)])),
    ...(funnel.answered > 0 ? [heading('Answers'), facts(answersOf(funnel))] : []),
    ...(funnel.opened > 0 ? [heading('Where the cases stand now'), facts(standingsOf(funnel))] : []),
  ]);
}

export function campaignHeadline({ funnel: { opened, done } }: CampaignStand): string {
  if (opened === 0) return 'The campaign has no cases yet';
  return `${casesText(opened)}, ${done === 0 ? 'none' : amount(done)} done`;
}

const BRAKES: Readonly<Record<Brake, string>> = {
  running: '**Running**: questions and steps go on.',
  paused: '**Paused**: nobody is asked and no step is taken until **resume**. Undo still works.',
  stopped: '**Stopped**: nobody is asked and no step is taken. What was done can still be undone.',
  observing: '**Observing only** (the policy’s mode): nobody is asked and nothing is changed.',
};

interface Stage {
  readonly name: string;
  readonly count: number;
}

/** Each holds the next one, but for the first: the newest audit may find others than those who have a case. */
function stagesOf({ run, funnel }: CampaignStand): readonly Stage[] {
  return [
    ...(run === undefined ? [] : [{ name: 'Found by the newest audit', count: run.inactive }]),
    { name: 'Cases opened', count: funnel.opened },
    { name: 'Asked', count: funnel.asked },
    { name: 'Delivered', count: funnel.delivered },
    { name: 'Answered', count: funnel.answered },
    { name: 'Approved or past review', count: funnel.approved },
    { name: 'Done', count: funnel.done },
  ];
}

/** The facts below say the same in words, so it may be left out. */
function bars(stages: readonly Stage[]): Part {
  return {
    type: 'Chart.HorizontalBar',
    title: 'From found to done',
    displayMode: 'AbsoluteWithAxis',
    colorSet: 'categorical',
    data: stages.map(({ name, count }) => ({ x: name, y: count })),
    fallback: 'drop',
  };
}

function answersOf({ answers, answerGone }: Funnel): readonly (readonly [string, string])[] {
  const rows = [
    ['Keep', answers.keep],
    ['Reclaim', answers.reclaim],
    ['Reassign', answers.reassign],
    ['Taken back or undone since', answerGone],
  ] as const;
  return rows.filter(([, count]) => count > 0).map(([name, count]) => [name, amount(count)]);
}

function standingsOf({ now }: Funnel): readonly (readonly [string, string])[] {
  const rows = [
    ['To be asked', now.toAsk],
    ['Waits for an answer', now.waitsForAnswer],
    ['Waits for an admin', now.waitsForAdmin],
    ['Kept', now.kept],
    ['In review', now.inReview],
    ['Steps have a date', now.scheduled],
    ['Steps under way', now.underWay],
    ['Needs a person', now.needsPerson],
    ['Done, can be undone', now.undoWindow],
    ['Being undone', now.undoing],
    ['Closed', now.closed],
    ['Undone', now.undone],
    ['Ended with nothing done', now.cancelled],
  ] as const;
  return rows.filter(([, count]) => count > 0).map(([name, count]) => [name, amount(count)]);
}

/** Before the campaign is stopped or goes on: what that means, and the button that does it. */
export function confirmSwitchCard(
  to: Exclude<Switch, 'paused'>,
  reason: string | undefined,
  stand: CampaignStand,
): CardJson {
  const { campaign, at } = stand.seen;
  const isStop = to === 'stopped';
  const data = { do: 'switch', to, was: campaign, at: at ?? '', reason: reason ?? '' };
  return card(
    [
      title(confirmHeadline(to)),
      line(isStop ? stopMeans(stand.funnel) : resumeMeans(stand.funnel)),
      quiet('Nothing has been changed yet.'),
    ],
    [
      button({
        title: isStop ? 'Stop the campaign' : 'Let it go on',
        verb: 'admin',
        data,
        style: isStop ? 'destructive' : 'positive',
      }),
    ],
  );
}

export function confirmHeadline(to: Exclude<Switch, 'paused'>): string {
  return to === 'stopped' ? 'Stop the campaign?' : 'Let the campaign go on?';
}

function stopMeans({ now }: Funnel): string {
  const untouched = now.toAsk + now.waitsForAnswer + now.waitsForAdmin + now.inReview + now.scheduled;
  return (
    `Nobody is asked and no step is taken any more. ${casesText(untouched)} in which nothing was done yet ` +
    `${untouched === 1 ? 'is' : 'are'} cancelled, which cannot be taken back: a new audit would have to open them anew. ` +
    `${casesText(now.underWay)} with steps under way ${now.underWay === 1 ? 'comes' : 'come'} to a person. What was done ` +
    `stays, and can still be undone.`
  );
}

function resumeMeans({ now }: Funnel): string {
  return `Questions go out again (${peopleText(now.toAsk)} to be asked about), and steps are taken as they come due (${casesText(
    now.scheduled + now.underWay,
  )}), within the limits of the policy.`;
}

/** What a pause or a stop holds now, in words. */
export function heldText({ funnel: { now } }: CampaignStand): string {
  const held = [
    ...(now.toAsk > 0 ? [`${casesText(now.toAsk)} to be asked about`] : []),
    ...(now.inReview + now.scheduled > 0 ? [`${casesText(now.inReview + now.scheduled)} decided`] : []),
  ];
  const waits = held.length === 0 ? 'Nothing waits.' : `What waits: ${held.join(', ')}.`;
  const underWay =
    now.underWay + now.undoing === 0
      ? 'No step is under way.'
      : `Under way in ${casesText(now.underWay + now.undoing)}: a step that was sent is checked to its end, and no further one is begun; undos go on.`;
  return `${waits} ${underWay} Answers to questions that were asked are taken as before.`;
}

export function casesText(count: number): string {
  return count === 1 ? '1 case' : `${amount(count)} cases`;
}
