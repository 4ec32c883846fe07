import { cardsSent, type SendingOptions } from '../../world/cards-sent.js';

/** A process of the benchmark: sends so many cards, and answers its parent with the figures. */
async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '{}') as SendingOptions;
  const figures = await cardsSent(options);
  if (process.send === undefined) console.log(JSON.stringify(figures));
  else process.send(figures, () => process.exit(0));
}

void main();
