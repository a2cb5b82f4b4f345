import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { App } from '../../../src/http/createApp.ts';
import { type BearerOptions, type BearerRefusal, bearerReader } from './bearer.ts';
import { demoScopes } from './demoScopes.ts';
import { Ledger, type PayeeId, payees } from './ledger.ts';

const transferBody = Type.Object(
  {
    payee: Type.Union(Object.keys(payees).map((id) => Type.Literal(id as PayeeId))),
    amountCents: Type.Integer({ minimum: 1, maximum: 100_000_00 }),
  },
  { additionalProperties: false },
);

/** The bank's API: the account with `read:account`, a transfer with `transfer:money`. */
export function registerApi(app: App, options: BearerOptions): void {
  const ledger = new Ledger(options.clock);
  const readBearer = bearerReader(app, options);

  app.get('/demo/api/account', { schema: { hide: true } }, async (request, reply) => {
    const caller = await readBearer(request, demoScopes.readAccount);
    if (caller.outcome === 'refused') return refuse(reply, caller);
    return ledger.accountOf(caller.userId);
  });

  app.post('/demo/api/transfers', { schema: { hide: true, body: transferBody } }, async (request, reply) => {
    const caller = await readBearer(request, demoScopes.transferMoney);
    if (caller.outcome === 'refused') return refuse(reply, caller);
    const { payee, amountCents } = request.body;
    const result = ledger.transfer(caller.userId, payee, amountCents);
    if (result.outcome === 'refused') {
      return reply
        .code(409)
        .send({ error: result.reason, error_description: 'The account does not hold that much money.' });
    }
    return reply.code(201).send({ movement: result.movement, account: result.account });
  });
}

function refuse(reply: FastifyReply, { status, challenge, body }: BearerRefusal): FastifyReply {
  return reply.code(status).header('www-authenticate', challenge).send(body);
}
