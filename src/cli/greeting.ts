import type { Switch } from '../cases/campaign/run-switch.js';
import { NAMED } from '../simulator/named-people.js';
import { timeOf } from './terminal.js';

export interface Greeting {
  /** ISO 8601, in UTC. */
  readonly auditedAt: string;
  /** The figures of the latest audit, as a table. */
  readonly figures: string;
  readonly playgroundUrl: string;
  readonly campaign: Switch;
  /** People in the tenant that runs. */
  readonly people: number;
  /** What --people said; undefined when it was not given. */
  readonly askedPeople: number | undefined;
}

/** What a newcomer reads when everything runs. */
export function greeting(of: Greeting): string {
  return [
    '',
    `Audit of ${timeOf(of.auditedAt)}:`,
    of.figures,
    '',
    ...notes(of),
    `Open ${of.playgroundUrl}`,
    `You are ${NAMED.itManager.name}, IT manager and admin of a pretended company. A card about your reports arrives by itself:`,
    'choose Reclaim for one of them, press Send, and watch the card. Then ask in the chat: help, or who is inactive but licensed.',
    '',
    'In a second terminal:',
    '  npm run steward -- cases',
    '  npm run steward -- history dana.whitfield',
    '  npm run steward -- plan',
    'and once the license of somebody was taken back, with their name in the place of NAME:',
    '  npm run steward -- undo NAME',
    '',
    'Ctrl-C stops everything; the next npm start goes on where this one ended; npm start -- --fresh begins anew.',
  ].join('\n');
}

/** What would otherwise look as if something were broken. */
function notes({ campaign, people, askedPeople }: Greeting): readonly string[] {
  const lines: string[] = [];
  if (campaign !== 'running') {
    lines.push(
      `The campaign is ${campaign}: nobody is asked and no step is taken until npm run steward -- resume.`,
    );
  }
  if (askedPeople !== undefined && askedPeople !== people) {
    lines.push(
      `This tenant was made with ${people} people, so --people ${askedPeople} has no effect: ` +
        `npm start -- --fresh --people ${askedPeople} makes a new one.`,
    );
  }
  return lines.length === 0 ? [] : [...lines, ''];
}
