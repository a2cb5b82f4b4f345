import type { RequestContext } from '../config/requestContext.ts';
import type { Db } from '../database/database.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { Factor } from './factor.ts';
import type { AuthenticationMethod } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';
import type { StoredTransaction } from './transactions.ts';

/** One submission on its way through the engine: what was read for it, all in one database transaction. */
export interface Step {
  parts: EngineParts;
  trx: Db;
  transaction: StoredTransaction;
  settings: TenantSettings;
  user: EngineUser;
  factor: Factor;
  methods: readonly AuthenticationMethod[];
  context: RequestContext;
}

/** What an event about a step tells beside its factor. */
interface Settled {
  method?: AuthenticationMethod;
  /** A word: why, or what was strange. */
  detail?: string | undefined;
  /** The assurance level that was reached. */
  level?: number;
}

/** Writes a tenant log event about this step's factor, or the one method it settled on. */
export function recordStep(step: Step, type: string, { method, detail, level }: Settled = {}): Promise<void> {
  const { parts, trx, transaction, user, context, factor } = step;
  const authenticator = { type: factor.name, ...(method ? { id: method.id } : {}) };
  const reached = level === undefined ? {} : { assurance_level: level, ...restriction(factor) };
  const details = { authenticator, ...(detail === undefined ? {} : { reason: detail }), ...reached };
  return parts.record(trx, transaction, user, context, { type, details });
}

/** NIST SP 800-63B allows it with reservations: an auditor looks for it (S-48). */
function restriction({ assurance }: Factor): { is_restricted?: true } {
  return assurance.isRestricted ? { is_restricted: true } : {};
}

/** The tenant log's type for a proof of this step's factor that failed. */
export function failureEvent({
  factor: { events },
  transaction,
}: Pick<Step, 'factor' | 'transaction'>): string {
  const isEnrolment = transaction.requirement.kind === 'enrol';
  return (isEnrolment && events.enrolmentFailed) || events.failed;
}
