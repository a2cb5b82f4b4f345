import type { User } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import { recordEvent, type TenantEvent } from '../../logs/tenantLog.ts';
import type { Actor } from '../../mfa/userAct.ts';
import type { OperatorVisit } from '../visit.ts';

/** Who acts here, as the log names them. */
export function actorOf({ operator }: OperatorVisit): Actor {
  return { kind: 'operator', id: `${operator.email} (operator console)` };
}

/** Logs an operator's act with its actor (S-108). Pass the transaction of the act itself. */
export function recordAct(trx: Db, visit: OperatorVisit, act: TenantEvent): Promise<void> {
  const { ip, userAgent } = visit.request.context;
  return recordEvent(trx, visit.parts.clock, {
    ...act,
    ip,
    userAgent,
    details: { ...act.details, actor: actorOf(visit).id },
  });
}

/** The operator's address for the log; messages are written in the language of the person they go to. */
export function contextFor({ request }: OperatorVisit, user: User): RequestContext {
  const { ip, userAgent } = request.context;
  return { ip, userAgent, ...(user.locale === undefined ? {} : { language: user.locale }) };
}
