import type { FastifyReply } from 'fastify';
import { setPasskeySignIn } from '../acts/tenantActs.ts';
import { factorName } from '../layout/factorName.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showError } from './status.ts';

const parent = { path: '/operator/multi-factor', title: 'Multi-factor' };

/** Where sign-in with a passkey is switched. */
export const passkeySignInPath = `${parent.path}/passkey-sign-in`;

/** Asks before people may sign in with a passkey alone, or may not any more. */
export const passkeySignInPage: OperatorPage = { path: passkeySignInPath, get: showQuestion, post: change };

async function showQuestion(visit: OperatorVisit): Promise<FastifyReply> {
  const { registry } = visit.parts.engine;
  const settings = await visit.settings();
  const isOn = settings.passkeySignIn;
  const serving = registry.all.filter(({ firstFactor }) => firstFactor);
  const isServed = serving.some((factor) => registry.isEnabled(factor, settings));
  const names = serving.map(factorName).join(', ');
  return visit.show({
    section: 'multi-factor',
    title: isOn ? 'Ask for a password at every sign-in?' : 'Let people sign in with a passkey?',
    back: parent,
    body: question({
      target: visit.formTo(passkeySignInPath, { to: isOn ? 'off' : 'on' }),
      effects: isOn
        ? [
            'The sign-in page offers it no longer, from the next request on.',
            'Passkeys stay set up, and count as second factors as before.',
          ]
        : [
            ...(isServed ? [] : [`No factor that is on can do it. These can: ${names}.`]),
            'The sign-in page offers it beside the password. It signs in by itself and counts as both factors, since the device or key verifies its owner by finger, face or PIN.',
            'What people have set up as a second factor works: every device, and those security keys that were set up while user verification was required.',
            'The password stays, for whoever has no passkey at hand.',
          ],
      button: isOn ? 'Switch off' : 'Switch on',
      isDangerous: false,
      cancelPath: parent.path,
    }),
  });
}

async function change(visit: OperatorVisit): Promise<FastifyReply> {
  const wanted = visit.field('to');
  if (wanted !== 'on' && wanted !== 'off') return showError(visit, 400);
  await setPasskeySignIn(visit, wanted === 'on');
  return visit.goTo(`${parent.path}?done=passkey-${wanted}`);
}
