import type { Rule } from '../watch.js';
import {
  adLeftAlone,
  deletionWaits,
  heldMailboxStays,
  nothingElseLeft,
  ownedStays,
  signedOut,
} from './access.js';
import { everyTryLeased, leasesHold, noSurprise, oneOpenCase, unbrokenChain } from './books.js';
import { approvedFirst, bulkApproved } from './approvals.js';
import { blankStops, brakesHold, casesPerRun, failuresPause, stepsPerDay } from './brakes.js';
import { coolDown, entitledDecision, letBe, sealedReply, standingDecision } from './decisions.js';
import {
  beforeState,
  givesWhatWasTaken,
  intentionComesFirst,
  nothingAfterUndo,
  onceOnly,
  oneHolder,
} from './effects.js';
import { filesAnswered, filesEndInTime } from './files.js';
import { givesWhatWasOrdered } from './gifts.js';
import { newestCards, noCardForgotten } from './cards.js';
import { headsLogged, namesErased } from './erasing.js';
import { answerClock, undeliveredGoesOn } from './delivery.js';
import { everyCaseEnds, restoredExactly } from './endings.js';
import {
  activeStay,
  executivesUnseen,
  mailboxStays,
  newestAudit,
  protectedStay,
  receiverFits,
  receiverLacks,
} from './people.js';
import { heldSeatsStay, seatAlarm, undoFindsSeat } from './held-seats.js';
import { flipBackNoticed } from './held-mailboxes.js';
import { sealedLane } from './hr-lane.js';
import { jumpStops, openedIdle } from './jumps.js';
import { namesConcealed } from './names.js';
import { nothingAfterAnswer, reminders } from './reminders.js';
import { auditEnds } from './runs.js';
import { nothingLostWithAccount } from './deletion.js';
import { doneForReal } from './reality.js';
import { nothingForNobody, refusedIsFollowed } from './refusals.js';
import { objectionHolds, toldFirst } from './telling.js';
import { adminsTold } from './telling-admins.js';
import { parkedComesBack } from './parking.js';
import { holdLasts, oneQuestion, timetable, undoGoesOn } from './times.js';

/** Every promise that the simulation looks at after every event. */
export const RULES: readonly Rule[] = [
  intentionComesFirst,
  oneHolder,
  onceOnly,
  beforeState,
  nothingAfterUndo,
  givesWhatWasTaken,
  givesWhatWasOrdered,
  entitledDecision,
  standingDecision,
  sealedReply,
  sealedLane,
  coolDown,
  letBe,
  protectedStay,
  activeStay,
  parkedComesBack,
  newestAudit,
  auditEnds,
  mailboxStays,
  executivesUnseen,
  receiverFits,
  receiverLacks,
  adLeftAlone,
  signedOut,
  heldMailboxStays,
  flipBackNoticed,
  filesAnswered,
  filesEndInTime,
  heldSeatsStay,
  undoFindsSeat,
  seatAlarm,
  ownedStays,
  nothingElseLeft,
  deletionWaits,
  nothingLostWithAccount,
  doneForReal,
  brakesHold,
  stepsPerDay,
  casesPerRun,
  approvedFirst,
  bulkApproved,
  blankStops,
  jumpStops,
  openedIdle,
  failuresPause,
  namesConcealed,
  toldFirst,
  objectionHolds,
  adminsTold,
  timetable,
  holdLasts,
  answerClock,
  undeliveredGoesOn,
  reminders,
  nothingAfterAnswer,
  undoGoesOn,
  oneQuestion,
  oneOpenCase,
  unbrokenChain,
  headsLogged,
  namesErased,
  leasesHold,
  everyTryLeased,
  noSurprise,
  restoredExactly,
  everyCaseEnds,
  refusedIsFollowed,
  nothingForNobody,
  newestCards,
  noCardForgotten,
];
