import { Assets } from '../ui/assets.ts';
import type { ConsoleDependencies } from './dependencies.ts';
import { OperatorSessions } from './session/operatorSessions.ts';
import { SignIns } from './session/signIns.ts';

/** The operator console, as the server puts it together with the other surfaces. */
export interface OperatorConsole extends ConsoleDependencies {
  readonly sessions: OperatorSessions;
  /** Sign-ins that wait at the hosted pages, for whoever draws those. */
  readonly signIns: SignIns;
  readonly assets: Assets;
}

/** Builds it; its routes are added by `registerOperator`. */
export function createOperatorConsole(dependencies: ConsoleDependencies): OperatorConsole {
  const sessions = new OperatorSessions(dependencies);
  return {
    ...dependencies,
    sessions,
    signIns: new SignIns(dependencies, sessions),
    assets: new Assets('/operator/assets/', import.meta.dirname),
  };
}
