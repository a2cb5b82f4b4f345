import type { Actor } from '../userAct.ts';
import type { Caller } from './selfServiceDesk.ts';

/** Who acts, as the log has it: the person, through the application that they use. */
export function personOf({ client, proofs }: Pick<Caller, 'client' | 'proofs'>): Actor {
  return { kind: 'person', id: client.id, proofs };
}
