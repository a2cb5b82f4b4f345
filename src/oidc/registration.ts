import type { Client } from '../applications/client.ts';
import { registrationMember } from './clientMetadata.ts';

/** The application behind oidc-provider's client. */
export function registrationOf(client: { [member: string]: unknown } | undefined): Client {
  const registration = client?.[registrationMember];
  if (!registration) throw new Error('The client has no registration.');
  return registration as Client;
}
