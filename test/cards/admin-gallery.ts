import type { CardJson } from '../../src/bot/messenger.js';
import { campaignCard, confirmSwitchCard } from '../../src/cards/campaign-card.js';
import { deedsCard } from '../../src/cards/deeds-card.js';
import type { CampaignStand } from '../../src/cases/admin/admin-desk.js';
import { deedWords } from '../../src/cases/admin/deed.js';
import { funnelCounter } from '../../src/cases/campaign/funnel.js';
import { CASES, VIEW } from './a-case.js';

function standOf(cases: readonly (typeof CASES)[keyof typeof CASES][]): CampaignStand {
  const counter = funnelCounter();
  for (const c of cases) counter.add(c);
  return {
    kind: 'campaign',
    brake: 'running',
    seen: { campaign: 'running', at: undefined },
    run: { finishedAt: '2026-11-23T06:00:00.000Z', inactive: 1_234 },
    funnel: counter.done(),
  };
}

const STAND = standOf(Object.values(CASES));

/** What admins get who look after the whole campaign. */
export function adminCards(hostile: string): Readonly<Record<string, CardJson>> {
  const deed = deedWords('paused', {}, { by: hostile, reason: hostile.repeat(20) });
  return {
    'campaign-status': campaignCard(STAND, VIEW),
    'campaign-status-paused': campaignCard({ ...STAND, brake: 'paused' }, VIEW),
    'campaign-status-empty': campaignCard({ ...standOf([]), run: undefined, brake: 'observing' }, VIEW),
    'campaign-stop': confirmSwitchCard('stopped', hostile, STAND),
    'campaign-resume': confirmSwitchCard('running', undefined, {
      ...STAND,
      seen: { campaign: 'paused', at: '2026-11-23T09:00:00.000Z' },
    }),
    'admin-history': deedsCard(
      Array.from({ length: 25 }, (_, n) => ({
        at: `2026-11-23T09:${String(n).padStart(2, '0')}:00.000Z`,
        text: n % 2 === 0 ? deed : deedWords('resumed', {}, undefined),
      })),
      VIEW,
    ),
  };
}
