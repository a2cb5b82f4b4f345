import { randomUUID } from 'node:crypto';
import type { App } from '../../src/http/createApp.ts';
import type { Proof } from '../../src/mfa/transaction.ts';
import { type Interaction, type Interactions, interactionOverError } from '../../src/pages/dependencies.ts';

/** What an interaction came to. */
export interface Outcome {
  finished?: { userId: string; proofs: Proof[] };
  isConsentGranted?: boolean;
  /** OAuth error code. */
  rejected?: string;
}

/** Authorization requests without an authorization server behind them. */
export interface MadeUpInteractions {
  interactions: Interactions;
  /** Begins one; the cookie ties it to a browser. */
  begin(changes?: Partial<Interaction>): { state: string; cookie: { name: string; value: string } };
  outcomeOf(state: string): Outcome;
  /** The address where a login goes on, which sends the browser to the application. */
  registerResume(app: App): void;
}

export function madeUpInteractions(publicUrl: string): MadeUpInteractions {
  const known = new Map<string, Interaction>();
  const outcomes = new Map<string, Outcome>();
  const settle = (uid: string, outcome: Outcome): string => {
    const interaction = known.get(uid);
    if (!interaction || outcomes.has(uid)) {
      throw Object.assign(new Error('The interaction is over.'), { name: interactionOverError });
    }
    outcomes.set(uid, outcome);
    const resumeUrl = `${publicUrl}authorize/${uid}`;
    known.set(uid, { ...interaction, resumeUrl });
    return resumeUrl;
  };
  const cookieOf = (uid: string) => ({ name: `cs_i_${uid.slice(0, 16)}`, value: `binding-${uid}` });

  return {
    interactions: {
      find: async (uid, cookieHeader) => {
        const { name, value } = cookieOf(uid);
        return cookieHeader?.split('; ').includes(`${name}=${value}`) ? known.get(uid) : undefined;
      },
      finish: async (uid, finished) => settle(uid, { finished }),
      grantConsent: async (uid) => settle(uid, { isConsentGranted: true }),
      reject: async (uid, error) => settle(uid, { rejected: error }),
    },
    begin(changes = {}) {
      const uid = randomUUID();
      const client = { id: 'shop', name: 'Acme Bank' };
      known.set(uid, {
        uid,
        prompt: 'login',
        clientId: client.id,
        clientName: client.name,
        params: { redirect_uri: `${publicUrl}application` },
        decisionInput: {
          purpose: 'login',
          client,
          acrValues: [],
          scope: ['openid'],
          stepUpScopes: [],
          mfaAudience: false,
        },
        ...changes,
      });
      return { state: uid, cookie: cookieOf(uid) };
    },
    outcomeOf: (state) => outcomes.get(state) ?? {},
    registerResume(app) {
      app.get('/authorize/:uid', (request, reply) => {
        const { uid } = request.params as { uid: string };
        const redirectUri = known.get(uid)?.params.redirect_uri;
        known.delete(uid);
        return reply.redirect(`${redirectUri}?code=made-up`, 303);
      });
      app.get('/application', (_request, reply) =>
        reply
          .type('text/html')
          .send('<!doctype html><html lang="en"><title>App</title><h1>Back in the application</h1></html>'),
      );
    },
  };
}
