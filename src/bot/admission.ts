import { z } from 'zod';
import { isLoopbackHost } from '../config/addresses.js';
import type { BotIdentity } from '../config/settings.js';

/** Whether an activity may be looked at; `why` is for the log, never for the sender. */
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly status: 400 | 403; readonly why: string };

/** Without control characters and halves of characters, which can stand in no address. */
const Id = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);
const Text = z.string().nullish();

/** What we use of an activity, so that nothing behind has to doubt its types. */
const Incoming = z.object({
  type: z.string().min(1).max(100),
  id: Id.nullish(),
  channelId: z.string().max(100),
  serviceUrl: z.string().max(2000),
  conversation: z.object({
    id: Id,
    tenantId: z.string().optional(),
    conversationType: Text,
    isGroup: z.boolean().nullish(),
  }),
  from: z.object({ id: Id, tenantId: z.string().optional(), aadObjectId: Text }),
  recipient: z.object({ id: z.string() }),
  channelData: z.object({ tenant: z.object({ id: z.string().optional() }).optional() }).nullish(),
  replyToId: Id.nullish(),
  text: Text,
  locale: Text,
  name: Text,
  action: Text,
  membersAdded: z.array(z.unknown()).nullish(),
});

/** Tokens of other channels, whose senders may call themselves what they like, are not for a bot in Teams. */
const CHANNEL = 'msteams';

export interface AdmissionRules {
  readonly bot: BotIdentity;
  /** A service URL that the operator has set is trusted like those of Teams. */
  readonly serviceUrl: string;
}

/**
 * Refuses what no chat of our tenant sends. The SDK accepts activities of every tenant, and would send the bot's
 * token to whatever service URL an activity names.
 */
export function admit(body: unknown, rules: AdmissionRules): Admission {
  const read = Incoming.safeParse(body);
  if (!read.success) return { kind: 'refused', status: 400, why: 'noActivity' };
  if (read.data.channelId !== CHANNEL) return { kind: 'refused', status: 403, why: 'channel' };
  if (!isTrustedService(read.data.serviceUrl, rules))
    return { kind: 'refused', status: 403, why: 'serviceUrl' };
  if (rules.bot.kind === 'tryOut') return { kind: 'admitted' };
  const { conversation, channelData, from } = read.data;
  const tenants = [conversation.tenantId, channelData?.tenant?.id, from.tenantId].filter(
    (id) => id !== undefined,
  );
  const ours = rules.bot.tenantId.toLowerCase();
  const isOurs = tenants.length > 0 && tenants.every((id) => id.toLowerCase() === ours);
  return isOurs ? { kind: 'admitted' } : { kind: 'refused', status: 403, why: 'tenant' };
}

/** Facts: teams.md 1.4 and 1.5. */
const TEAMS_HOSTS = /^(smba\.trafficmanager\.net|([a-z0-9-]+\.)+teams\.microsoft\.(com|us))$/;

function isTrustedService(text: string, { bot, serviceUrl }: AdmissionRules): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  if (origin === new URL(serviceUrl).origin) return true;
  if (bot.kind === 'tryOut') return isLoopbackHost(hostname);
  return protocol === 'https:' && TEAMS_HOSTS.test(hostname);
}
