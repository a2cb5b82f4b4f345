import type { User } from '../accounts/users.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Actor } from '../mfa/userAct.ts';
import { operatorAtCommandLine } from './recordOperatorAct.ts';

/** Who acts here, for the engine. */
export function commandLineActor(): Actor {
  return { kind: 'operator', id: operatorAtCommandLine() };
}

/** Messages are written in the language of the person they go to. */
export function contextFor({ locale }: User): RequestContext {
  const context = { ip: '127.0.0.1', userAgent: 'Countersign command line' };
  return locale === undefined ? context : { ...context, language: locale };
}
