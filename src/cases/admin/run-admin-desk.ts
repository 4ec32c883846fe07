import type { Doors } from '../doors.js';
import type { AdminDesk } from './admin-desk.js';
import { orderAuditFor } from './run-order-audit.js';
import { protectFor, protectionsFor, unprotectFor } from './run-protecting.js';
import { approveFor, inReviewFor, planFor, reviewFor } from './run-reviewing.js';
import { positionFor } from './run-position.js';
import { keepRosterFor, openRosterLook, takeRosterBackFor } from './run-roster-import.js';
import { openSavings } from './run-savings.js';
import { readDeeds } from './run-deeds.js';
import { asAdmin } from './run-rights.js';
import { campaignFor, setSwitchFor } from './run-campaign.js';

/** What admins do with the whole campaign, over the store. */
export function openAdminDesk(doors: Doors): AdminDesk {
  return {
    deeds: (by) =>
      asAdmin(doors, by, async () => ({ kind: 'deeds' as const, deeds: await readDeeds(doors.store) })),
    orderAudit: (by) => orderAuditFor(doors, by),
    protect: (request) => protectFor(doors, request),
    unprotect: (request) => unprotectFor(doors, request),
    protections: (by) => protectionsFor(doors, by),
    inReview: (by, who) => inReviewFor(doors, by, who),
    review: (request) => reviewFor(doors, request),
    plan: (by) => planFor(doors, by),
    approve: (request) => approveFor(doors, request),
    position: (by) => positionFor(doors, by),
    savings: openSavings(doors),
    lookAtRoster: openRosterLook(doors),
    keepRoster: (request) => keepRosterFor(doors, request),
    takeRosterBack: (request) => takeRosterBackFor(doors, request),
    campaign: (by) => campaignFor(doors, by),
    setSwitch: (request) => setSwitchFor(doors, request),
  };
}
