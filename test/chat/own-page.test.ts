import { describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { answerTo, type Asker, type ChatSources } from '../../src/chat/answer.js';
import type { OwnRecord } from '../../src/chat/own-record.js';
import { parse } from '../../src/chat/parse.js';
import type { Case } from '../../src/cases/case.js';
import { ADMIN, asked, MANAGER, RECEIVER, VIEW } from '../cards/a-case.js';
import { OWN } from '../cards/an-own-page.js';
import { auditedSources } from './chat-sources.js';

const ANN: Asker = { userId: RECEIVER.id, roles: [] };
const TITLE = '"text":"What is on record about you"';

/** Whose record was read. */
let readOf: UserId[];

function sources(waiting: readonly Case[] = []): ChatSources {
  readOf = [];
  const ownRecord = async (asker: UserId): Promise<OwnRecord> => {
    readOf.push(asker);
    return OWN;
  };
  return auditedSources({ ownRecord }, { waitingFor: async () => waiting });
}

async function words(text: string, asker: Asker = ANN, waiting: readonly Case[] = []): Promise<string> {
  return JSON.stringify(await answerTo(parse(text), asker, sources(waiting), VIEW));
}

describe('Somebody without a role', () => {
  it.each([
    ['me', ''],
    ['my licenses', ''],
    ['über mich', ''],
    ['wie wird das Wetter morgen in Berlin', 'I did not understand that.'],
    ['lizenz?', 'I did not understand that.'],
    ['asdf', 'I did not understand that.'],
    ['who is inactive but licensed', 'Lists of people are for administrators.'],
    ['what if 60 days', 'Testing a threshold is for administrators.'],
    ['deliveries', 'What became of messages is for administrators.'],
    ['deliveries of Megan', 'What became of messages is for administrators.'],
    ['remind Ada', 'Having somebody reminded is for administrators.'],
    ['waive OneDrive for Ada because it is copied', 'Waiving is for administrators.'],
    ['pause because of lunch', 'I did not understand that.'],
    ['position', 'I did not understand that.'],
  ])('gets the page about themself for %j', async (text, why) => {
    const answer = await words(text);
    expect(answer).toContain(TITLE);
    expect(answer).toContain(why);
    expect(readOf).toEqual([ANN.userId]);
  });

  it.each([
    'help',
    'hello',
    'thanks',
    'waiting',
    'hr',
    'case Ada',
    'undo Ada',
    'history Ada',
    'case',
    'waitng',
  ])('gets what %j says in place of it, which they may ask', async (text) => {
    expect(await words(text)).not.toContain(TITLE);
    expect(readOf).toEqual([]);
  });

  it('finds it in the help', async () => {
    expect(await words('help')).toContain('"title":"me"');
  });
});

describe('Somebody with a role', () => {
  const WITH_ROLES: readonly Asker[] = (['admin', 'finance', 'hr'] as const).map((role) => ({
    userId: ADMIN.id,
    roles: [role],
  }));

  it.each(WITH_ROLES)('has the page for the asking alone: %j', async (asker) => {
    expect(await words('me', asker)).toContain(TITLE);
    expect(readOf).toEqual([asker.userId]);
    expect(await words('wie wird das Wetter morgen in Berlin', asker)).not.toContain(TITLE);
  });

  it('as a manager does, whom a misspelled word leaves with their questions', async () => {
    const waiting = [asked()];
    const megan: Asker = { userId: MANAGER.id, roles: [] };
    expect(await words('me', megan, waiting)).toContain(TITLE);
    for (const text of ['asdf', 'who is inactive but licensed'])
      expect(await words(text, megan, waiting)).not.toContain(TITLE);
  });

  it('that cannot be read just now has the page, and is not taken for somebody without one', async () => {
    const asker: Asker = { userId: ADMIN.id, roles: [], rolesUnknown: true };
    expect(await words('me', asker)).toContain(TITLE);
    expect(await words('who is inactive but licensed', asker)).toContain('cannot check right now');
  });
});
