/** Values that must not be repeated in a message. */
const SECRET = new Set(['COSMOS_KEY', 'BOT_PASSWORD', 'AZURE_OPENAI_API_KEY']);

/** A value as it may be repeated: never a secret, also not one that was pasted into the wrong place. */
export function shownValue(name: string, value: string): string {
  const isSecret = SECRET.has(name) || /key=|secret=|password=|sig=|:\/\/[^/]*@/i.test(value);
  return isSecret ? 'set to something that holds a secret' : value;
}
