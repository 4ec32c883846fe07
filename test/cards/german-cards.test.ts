import { describe, expect, it } from '@jest/globals';
import { ENTRIES } from './a-person-page.js';
import { ENGLISH_WORDS } from '../i18n/english-words.js';
import { GALLERY, GERMAN_GALLERY } from './gallery.js';
import { textsOf } from './texts-of-a-card.js';

/** What the people of the gallery wrote, and what it says of a history and of problems; no text of the product. */
const WRITTEN: readonly string[] = [
  ...ENTRIES.map(({ text }) => text),
  'Left the project',
  'New in planning',
  'Found in audit run run-1: inactive. Licenses: Microsoft 365 E5.',
  'Asked Megan Bowen in Teams; answer due 2026-11-30.',
  'Megan Bowen decided: reclaim: Left the project',
  'Two people are called Isaiah. Please choose one.',
  'You proposed it yourself.',
  'Back from a sabbatical in March',
  'The person is active again.',
  'A license carries the mailbox: convert it to a shared mailbox first, then the license can go.',
];

/** Names of people, departments and products, and what is the same in both languages. */
const NAMES: readonly RegExp[] = [
  /^[^\p{L}]*$/u,
  /^Verstanden als: /u,
  /@|Bold|Maximilian|\p{Script=Hebrew}|👩🏽‍🚀|Ä{5}|🧑‍🍳/u,
  /^(\*\*)?(Microsoft 365|Office 365|Visio|Project|Power BI|Dynamics 365)\b/u,
  /^(\*\*|Details: )?(Adele Vance|Henrietta Mueller|Joni Sherman|Lynne Robbins|Patti Fernandez)\b/u,
  /^(Megan Bowen|Isaiah Langer|Person( Number)? \d+|Manager \d-\d|[A-Z][a-z]{1,5})$/u,
  /^(Sales|Finance|R&D|Human Resources|Retail)$/u,
  /^(Teams|OneDrive|SharePoint|Viva Engage|Skype|Microsoft 365 Apps)(, (OneDrive|SharePoint|Skype|Viva Engage))*$/u,
];

function isAlike(text: string): boolean {
  return WRITTEN.includes(text) || NAMES.some((name) => name.test(text));
}

/** Without what is to be typed, what others wrote, and quotations that say so. */
function ours(text: string): string {
  const typed = /`[^`]*`|„[^“]*“ \(Wortlaut von Microsoft\)|\*\*(top 10)\*\*/gu;
  return WRITTEN.reduce((rest, written) => rest.replace(written, ''), text.replaceAll(typed, ''));
}

describe.each(Object.keys(GALLERY))('The German card %s', (name) => {
  const german = textsOf(GERMAN_GALLERY[name]);

  it('has a German text at every place where the English one has a text', () => {
    const english = textsOf(GALLERY[name]);
    expect(german.map(({ at }) => at)).toEqual(english.map(({ at }) => at));
    const same = german.filter(({ text }, index) => text === english[index]?.text && !isAlike(text));
    expect(same).toEqual([]);
  });

  it('has no English words in its sentences', () => {
    const leaked = german.filter(({ text }) => !isAlike(text) && ENGLISH_WORDS.test(ours(text)));
    expect(leaked).toEqual([]);
  });
});
