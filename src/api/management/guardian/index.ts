import type { App } from '../../../http/createApp.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { registerEnrollmentTicket } from './enrollmentTicket.ts';

/** `/guardian`: which second factors there are, when one is asked for, and what people have set up. */
export function registerGuardian(app: App, dependencies: ManagementDependencies): void {
  registerEnrollmentTicket(app, dependencies);
}
