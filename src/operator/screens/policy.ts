import type { FastifyReply } from 'fastify';
import { type Policy, setPolicy } from '../acts/tenantActs.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showError } from './status.ts';

/** Where the form of the policy goes. */
export const policyPath = '/operator/multi-factor/policy';

const policies: ReadonlySet<string> = new Set<Policy>(['never', 'always']);

export const policyPage: OperatorPage = {
  path: policyPath,
  get: async (visit) => visit.goTo('/operator/multi-factor'),
  post: changePolicy,
};

async function changePolicy(visit: OperatorVisit): Promise<FastifyReply> {
  const wanted = visit.field('policy') ?? '';
  if (!policies.has(wanted)) return showError(visit, 400);
  await setPolicy(visit, wanted as Policy);
  return visit.goTo('/operator/multi-factor?done=policy');
}
