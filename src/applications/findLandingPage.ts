import type { Db } from '../database/database.ts';
import { findClient } from './clients.ts';

/** An application by its name, and a page of it that anybody may open. */
export interface LandingPage {
  name: string;
  /** http or https; absent where the application named none. */
  url?: string;
}

/**
 * Where a person can go on to an application who comes with nothing in hand, from a message for instance. It
 * is the first of its logout URLs: registered, and meant for people who are not signed in (S-74). A callback
 * would expect an answer.
 *
 * @returns undefined when there is no such application.
 */
export async function findLandingPage(db: Db, clientId: string): Promise<LandingPage | undefined> {
  const client = await findClient(db, clientId);
  if (!client) return undefined;
  const url = client.allowedLogoutUrls.find((candidate) => /^https?:/i.test(candidate));
  return { name: client.name, ...(url === undefined ? {} : { url }) };
}
