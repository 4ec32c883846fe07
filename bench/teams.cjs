// The Teams side: the cards of a campaign at the published limits, and clicks beside the bare framework.
'use strict';

const { clicks, typescript } = require('./clicks.cjs');
const { atMost, told } = require('./sections.cjs');

/** Calls of Teams a second that one instance takes for itself (src/bot/turns.ts). */
const CALLS_PER_SECOND = 25;
/** The goals of the issue: nine tenths of that rate, and one and a half times the bare framework. */
const OF_THE_RATE = 0.9;
const OF_BARE = 1.5;
/** Where nobody has a chat with the bot yet, each card is two calls. */
const SHARE_OF_NEW = 0.1;

async function cardsSentFigures({ cards }, say) {
  const figures = [];
  for (const [chats, managers] of [
    ['known', cards],
    ['new', Math.ceil(cards * SHARE_OF_NEW)],
  ]) {
    say(`${managers.toLocaleString('en-US')} manager cards, ${chats} chats ...`);
    const options = JSON.stringify({ managers, chats });
    const { answer, stop } = await typescript('test/cases/asking/cards-sent-command.ts', [options]);
    stop();
    const { calls, seconds, callsPerSecond, refused, asked } = answer;
    say(
      `  ${answer.cards} cards in ${seconds.toFixed(0)} virtual seconds, ${callsPerSecond.toFixed(1)} calls a second`,
    );
    const name = `${managers.toLocaleString('en-US')} manager cards, ${chats} chats`;
    const least = (calls - 1) / CALLS_PER_SECOND;
    figures.push(
      atMost(
        `${name}: seconds, of the least at ${CALLS_PER_SECOND} calls a second`,
        1 / OF_THE_RATE,
        seconds / least,
        'x',
      ),
      atMost(`${name}: refused by Teams (429)`, 0, refused, ''),
      atMost(`${name}: sent twice`, 0, answer.cards - managers, ''),
      atMost(`${name}: not known to their case`, 0, managers - asked, ''),
      told(`${name}: virtual seconds`, seconds, ''),
    );
  }
  return figures;
}

async function clickFigures(_options, say) {
  say('Clicks over HTTP, beside the bare framework ...');
  const measured = await clicks(say);
  return measured.flatMap(({ connections, p99, p50 }) => [
    atMost(
      `Acknowledged clicks, ${connections} connections: p99, of the bare framework's no-op`,
      OF_BARE,
      p99,
      'x',
    ),
    told(`Acknowledged clicks, ${connections} connections: median, of the same`, p50, 'x'),
  ]);
}

module.exports = { cardsSentFigures, clickFigures };
