import type { Clock } from '../../../config/clock.ts';
import type { Db } from '../../../database/database.ts';
import type { MfaEngine } from '../../../mfa/engine.ts';
import type { FlowTokens } from './tokens.ts';

/** What the engine does for a page. */
export type FlowEngine = Pick<
  MfaEngine,
  | 'find'
  | 'findByToken'
  | 'methods'
  | 'beginEnrolment'
  | 'beginChallenge'
  | 'latestChallenge'
  | 'submit'
  | 'acknowledge'
  | 'registry'
> & {
  devices: Pick<MfaEngine['devices'], 'standing'>;
  errands: Pick<MfaEngine['errands'], 'takeUp'>;
};

/** What the calls of a page with auth0-guardian-js are built from. */
export interface FlowCalls {
  engine: FlowEngine;
  tokens: FlowTokens;
  db: Db;
  clock: Clock;
  /** Public origin with a trailing slash. */
  publicUrl: string;
}
