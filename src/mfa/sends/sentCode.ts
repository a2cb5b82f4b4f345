import { equalSecrets } from '../../crypto/constantTime.ts';
import { randomDigits } from '../../crypto/random.ts';
import type { ChallengeContext, FactorContext, SentChallenge } from '../factor.ts';

/** What is kept of a code on its way: enough to recognise it. */
export interface SentCodeState {
  codeHash: string;
  channel: string;
}

const digits = 6;
const form = new RegExp(`^[0-9]{${digits}}$`);

/** The form of a code: six digits. */
export function parseSentCode(input: unknown): string | undefined {
  return typeof input === 'string' && form.test(input) ? input : undefined;
}

/** Draws a code and sends it; only its keyed hash is kept, sealed with the challenge it belongs to (S-09). */
export async function sendCode(
  context: ChallengeContext,
  { channel, to, lifetimeSeconds }: { channel: string; to: string; lifetimeSeconds: number },
): Promise<SentChallenge> {
  const code = randomDigits(digits);
  const expiresAt = context.clock() + lifetimeSeconds * 1000;
  await context.send({ channel, to, code, expiresAt });
  const state: SentCodeState = { codeHash: context.hash(code), channel };
  return { state, lifetimeSeconds, channel, bindingMethod: 'prompt' };
}

/** Whether `code` is the one that was sent. */
export function isSentCode(context: FactorContext, code: string, sent: unknown): sent is SentCodeState {
  return sent !== undefined && equalSecrets(context.hash(code), (sent as SentCodeState).codeHash);
}
