import { plant, type Plant } from './plant.js';

const HELD = 'src/cases/campaign/held-seats.ts';

/** Mistakes about seats that undos may need. */
export const SEAT_PLANTS: readonly Plant[] = [
  plant(
    'heldSeatGiven',
    'an admin gives away a seat that an undo may need',
    [
      'src/actions/run-recheck.ts',
      'seatShortage(giving, { skus, heldSeats })',
      'seatShortage(giving, { skus, heldSeats: new Map() })',
    ],
    [
      'src/cases/giving/run-give.ts',
      '{ skus, heldSeats }, policy, at);',
      '{ skus, heldSeats: new Map() }, policy, at);',
    ],
  ),
  plant('heldForGroupsOnly', 'only what came through a group holds its seat', [
    HELD,
    `kind === 'removeLicenses' || kind === 'leaveGroup'`,
    `kind === 'leaveGroup'`,
  ]),
  plant('spentTakesHeld', 'the undo of what was given on takes a seat that another undo may need', [
    'src/actions/run-undo.ts',
    'if (short === undefined) return effectOf(step)',
    `if (short?.name !== '') return effectOf(step)`,
  ]),
  plant('seatAlarmLate', 'one seat too few for the undos raises no alarm', [
    HELD,
    'return needed > free ?',
    'return needed > free + 1 ?',
  ]),
  plant('seatAlarmUnsaid', 'an audit does not tell of seats that undos may lack', [
    'src/cases/run-command.ts',
    'return alarms.map(alarmText);',
    'return alarms.slice(1).map(alarmText);',
  ]),
];
