import type { Vault } from '../crypto/vault.ts';
import type { AnyMessage, MessageOf, PushChannel } from './channel.ts';
import { type CodeWording, codeOf } from './codeMessages.ts';
import type { Email } from './emailTemplates.ts';
import { openContent } from './messages.ts';
import { type PushWording, pushOf } from './push/pushMessages.ts';
import type { EmailRenderer } from './templates/renderEmail.ts';

/** What puts messages into words. */
export interface Wording {
  vault: Vault;
  /** Puts a notice into words. */
  render: EmailRenderer;
  /** Puts a code into words. */
  wordCode: CodeWording;
  /** Puts a request to a device into words. */
  wordPush: PushWording;
}

/** A queued row, as far as it holds a message. */
export interface MessageRow {
  id: string;
  channel: string;
  challenge_id: string | null;
  content_encrypted: string;
  created_at: number;
}

/** The message in words that a queued row holds, and its code if it is one. @throws as `openContent` and the wording do. */
export async function wordMessage(
  { vault, render, wordCode, wordPush }: Wording,
  row: MessageRow,
): Promise<{ message: AnyMessage; code?: string }> {
  const envelope = { id: row.id, createdAt: row.created_at };
  const push = pushOf(vault, row);
  if (push) return { message: (await wordPush(push, envelope)) as MessageOf[PushChannel] };
  const code = codeOf(vault, row);
  if (code) return { message: await wordCode(code, envelope), code: code.code };
  const email = openContent(vault, row) as Email;
  return { message: { ...envelope, to: email.to, ...(await render(email)) } };
}
