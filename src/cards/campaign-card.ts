import type { CardJson } from '../bot/messenger.js';
import type { CampaignStand } from '../cases/admin/admin-desk.js';
import type { Funnel, Standing } from '../cases/campaign/funnel.js';
import type { Switch } from '../cases/campaign/run-switch.js';
import type { Instant } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { bars } from './bars.js';
import { timeText, type Reader } from './dates.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

/** Characters; what Microsoft says may be long. */
const MOST_SAID = 400;

/** How far the campaign has come: a picture where the client draws one, and always the figures. */
export function campaignCard(stand: CampaignStand, view: Reader): CardJson {
  const { funnel, run, brake } = stand;
  const stages = stagesOf(stand, view);
  const audit =
    run === undefined
      ? text(view, 'admin.campaign.noAudit')
      : text(view, 'admin.campaign.audit', { time: timeText(run.finishedAt as Instant, view) });
  return card([
    title(campaignHeadline(stand, view)),
    line(text(view, `admin.brake.${brake}`)),
    ...pausedBecause(stand.seen, view),
    quiet(audit),
    ...(funnel.opened > 1 ? [barsOf(stages, view)] : []),
    facts(stages.map(({ name, count }) => [name, amount(count, view)])),
    ...inPart(funnel, view),
    ...(funnel.answered > 0
      ? [heading(text(view, 'admin.campaign.answers')), facts(answersOf(funnel, view))]
      : []),
    ...(funnel.opened > 0
      ? [heading(text(view, 'admin.campaign.standings')), facts(standingsOf(funnel, view))]
      : []),
  ]);
}

/** Where a guard has paused it: why. Whoever lets it run first has to mend that, or it is paused again. */
function pausedBecause({ guarded }: CampaignStand['seen'], reader: Language): readonly Part[] {
  if (guarded === undefined) return [];
  const { says } = guarded;
  const sentence = says === undefined ? undefined : cardText(sentencesIn(reader, says), MOST_SAID);
  return [
    line(text(reader, 'admin.paused.because')),
    ...(sentence === undefined ? [] : [facts([[text(reader, 'admin.paused.last'), sentence]])]),
    line(text(reader, 'admin.paused.mend')),
  ];
}

export function campaignHeadline({ funnel }: CampaignStand, reader: Language): ReadyText {
  const { opened, done, partlyDone } = funnel;
  if (opened === 0) return text(reader, 'admin.campaign.none');
  return partlyDone === 0
    ? text(reader, 'admin.campaign.headline', { opened, done })
    : text(reader, 'admin.campaign.headlineInPart', { opened, done, partly: partlyDone });
}

/** A figure as its reader writes it. */
export function amount(count: number, { locale }: Language): ReadyText {
  return count.toLocaleString(locale) as ReadyText;
}

interface Stage {
  readonly name: ReadyText;
  readonly count: number;
}

const STAGES = ['opened', 'asked', 'delivered', 'answered', 'approved', 'done'] as const;

/** Each holds the next one, but for the first: the newest audit may find others than those who have a case. */
function stagesOf({ run, funnel }: CampaignStand, reader: Language): readonly Stage[] {
  const found = run && { name: text(reader, 'admin.stage.found'), count: run.inactive };
  return [
    ...(found === undefined ? [] : [found]),
    ...STAGES.map((stage) => ({ name: text(reader, `admin.stage.${stage}`), count: funnel[stage] })),
  ];
}

/** Beside the stages, for it is none: what is done in part is no part of what is done. */
function inPart({ partlyDone }: Funnel, reader: Language): readonly Part[] {
  return partlyDone === 0
    ? []
    : [facts([[text(reader, 'admin.stage.partlyDone'), amount(partlyDone, reader)]])];
}

/** The facts below say the same in words, so it may be left out. */
function barsOf(stages: readonly Stage[], reader: Language): Part {
  const data = stages.map(({ name, count }) => ({ x: name, y: count }));
  return bars(text(reader, 'admin.campaign.chart'), data);
}

type Row = readonly [name: ReadyText, value: ReadyText];

function answersOf({ answers, answerGone }: Funnel, reader: Language): readonly Row[] {
  const rows = [
    ['answer.keep', answers.keep],
    ['answer.reclaim', answers.reclaim],
    ['answer.reassign', answers.reassign],
    ['admin.answered.gone', answerGone],
  ] as const;
  return rows.flatMap(([key, count]) => (count > 0 ? [[text(reader, key), amount(count, reader)]] : []));
}

function standingsOf({ now }: Funnel, reader: Language): readonly Row[] {
  return (Object.keys(now) as Standing[]).flatMap((standing) =>
    now[standing] > 0
      ? [[text(reader, `admin.standing.${standing}`), amount(now[standing], reader)] as const]
      : [],
  );
}

/** Before the campaign is stopped or goes on: what that means, and the button that does it. */
export function confirmSwitchCard(
  to: Exclude<Switch, 'paused'>,
  reason: string | undefined,
  { seen, funnel: { now } }: CampaignStand,
  reader: Language,
): CardJson {
  const isStop = to === 'stopped';
  const untouched = now.toAsk + now.waitsForAnswer + now.waitsForAdmin + now.inReview + now.scheduled;
  const means = isStop
    ? text(reader, 'admin.stop.means', { untouched, underWay: now.underWay })
    : text(reader, 'admin.resume.means', { toAsk: now.toAsk, steps: now.scheduled + now.underWay });
  return card(
    [
      title(confirmHeadline(to, reader)),
      ...(isStop ? [] : pausedBecause(seen, reader)),
      line(means),
      quiet(text(reader, 'admin.nothingYet')),
    ],
    [
      button({
        title: text(reader, isStop ? 'admin.stop.button' : 'admin.resume.button'),
        verb: 'admin',
        data: { do: 'switch', to, was: seen.campaign, at: seen.at ?? '', reason: reason ?? '' },
        style: isStop ? 'destructive' : 'positive',
      }),
    ],
  );
}

export function confirmHeadline(to: Exclude<Switch, 'paused'>, reader: Language): ReadyText {
  return text(reader, to === 'stopped' ? 'admin.stop.headline' : 'admin.resume.headline');
}

/** What a pause or a stop holds now, in words. */
export function heldText({ funnel: { now } }: CampaignStand, reader: Language): ReadyText {
  const { toAsk } = now;
  const decided = now.inReview + now.scheduled;
  const count = now.underWay + now.undoing;
  return joined(
    [
      toAsk + decided === 0
        ? text(reader, 'admin.held.nothing')
        : text(reader, 'admin.held.waits', { toAsk, decided }),
      count === 0 ? text(reader, 'admin.held.noStep') : text(reader, 'admin.held.steps', { count }),
      text(reader, 'admin.held.answers'),
    ],
    ' ',
  );
}
