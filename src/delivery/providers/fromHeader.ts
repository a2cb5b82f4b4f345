import MimeNode from 'nodemailer/lib/mime-node';
import type { Mailbox } from '../senderOf.ts';

/**
 * A sender as the value of the header From, for services that take it as one text (RFC 5322): its name quoted
 * or encoded wherever it would mean something else (S-95), an international domain as punycode. One line.
 */
export function fromHeader({ name, address }: Mailbox): string {
  return MimeNode.encodeHeaderValue('From', { name, address });
}
