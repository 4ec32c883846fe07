import { isLoopbackHost } from '../config/addresses.js';
import type { BotIdentity } from '../config/settings.js';

/** OneDrive and SharePoint, of the world and of government clouds. */
const FILE_HOSTS = /^([a-z0-9-]+\.)+(sharepoint\.(com|us|cn)|sharepoint-mil\.us|sharepoint-df\.com)$/;

/**
 * Whether an address that came with an activity is one of somebody's files in Teams: the service calls no other, whoever
 * sent it. On this machine in the try-out alone.
 */
export function isFileHost(text: string, bot: BotIdentity): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  if (bot.kind === 'tryOut' && isLoopbackHost(hostname)) return protocol === 'http:' || protocol === 'https:';
  const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
  return isPlain && FILE_HOSTS.test(hostname);
}
