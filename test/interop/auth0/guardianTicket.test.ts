import type { ManagementClient } from 'auth0';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';
import { expectProblem, managementClient } from './managementClient.ts';

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let management: ManagementClient;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    management = await managementClient(deployment);
  });

  it('guardian.enrollments.createTicket makes a link for a person', async () => {
    const { userId } = await deployment.person();
    const ticket = await management.guardian.enrollments.createTicket({ user_id: userId, factor: 'otp' });
    expect(ticket.ticket_url).toBe(`${deployment.issuer}guardian/enroll?ticket=${ticket.ticket_id}`);
  });

  it('guardian.enrollments.createTicket says who isn’t there', async () => {
    const call = management.guardian.enrollments.createTicket({ user_id: 'auth0|nobody' });
    await expectProblem(call, { statusCode: 404, errorCode: 'inexistent_user' });
  });

  it('an application without the scope is told which it lacks', async () => {
    const other = await managementClient(deployment, ['read:guardian_factors']);
    await expectProblem(other.guardian.enrollments.createTicket({ user_id: 'auth0|nobody' }), {
      statusCode: 403,
      errorCode: 'insufficient_scope',
      message: 'Insufficient scope, expected any of: create:guardian_enrollment_tickets',
    });
  });
});
