import { Type } from 'typebox';
import type { App } from '../../http/createApp.ts';
import type { FactorRegistry } from '../../mfa/registry.ts';
import { readTenantSettings, type TenantSettings } from '../../tenant/tenantSettings.ts';
import { admit } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { typeOf } from './methodTypes.ts';
import { describePassword } from './password.ts';
import { errorResponses, tags } from './schemas.ts';

const factorObject = Type.Object({
  type: Type.String(),
  usage: Type.Array(Type.String()),
  enrollable: Type.Boolean({ description: 'Whether you could add a method of this type now.' }),
  restricted: Type.Optional(
    Type.Literal(true, { description: 'NIST SP 800-63B calls it restricted: a stronger one is better.' }),
  ),
  phishing_resistant: Type.Optional(Type.Literal(true)),
  channels: Type.Optional(
    Type.Array(Type.String(), { description: 'Ways for its codes, the preferred first.' }),
  ),
  choices: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object({
        options: Type.Array(
          Type.Object({
            value: Type.String(),
            label: Type.String(),
            prefix: Type.Optional(
              Type.String({ description: 'What is put before what is typed beside it: a calling code.' }),
            ),
          }),
        ),
        preferred: Type.Optional(Type.String()),
      }),
      { description: 'What to choose from, by field: the countries of a telephone number.' },
    ),
  ),
});

/** `GET /me/v1/factors`. */
export function registerFactors(app: App, dependencies: MyAccountDependencies): void {
  const { engine, database } = dependencies;
  app.get(
    '/factors',
    {
      schema: {
        tags,
        summary: 'List the factors that are on',
        description:
          'Scope `read:me:factors`. `enrollable` and what follows it are of this server alone. `include=choices` ' +
          'adds the lists to choose from, in the language of `Accept-Language`.',
        querystring: Type.Object(
          { include: Type.Optional(Type.Literal('choices')) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ factors: Type.Array(factorObject) }), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:factors');
      if (!visitor) return reply;
      const settings = await readTenantSettings(database.db);
      const enrollable = await engine.selfService.enrollable(visitor.userId);
      const factors = await Promise.all(
        engine.registry.enabled(settings).map(async (factor) => {
          const { isRestricted, isPhishingResistant } = factor.assurance;
          const channels = engine.registry.channelsOf(factor, settings);
          const choices =
            request.query.include === 'choices' && factor.inputChoices
              ? await engine.inputChoices(factor.name, request.context.language ?? 'en')
              : undefined;
          return {
            type: typeOf(factor),
            usage: ['secondary'],
            enrollable: enrollable.includes(factor.name),
            ...(isRestricted ? { restricted: true as const } : {}),
            ...(isPhishingResistant ? { phishing_resistant: true as const } : {}),
            ...(channels ? { channels: [...channels] } : {}),
            ...(choices ? { choices: plain(choices) } : {}),
          };
        }),
      );
      const hasPassword = (await describePassword(database.db, visitor.userId)) !== undefined;
      const primary = [
        { type: 'password', usage: ['primary'], enrollable: hasPassword },
        ...passkeys(engine.registry, settings, enrollable),
      ];
      return reply.send({ factors: [...primary, ...factors] });
    },
  );
}

/** A passkey is made by whichever factor people may sign in by alone. */
function passkeys(registry: FactorRegistry, settings: TenantSettings, enrollable: readonly string[]) {
  const factors = settings.passkeySignIn ? registry.enabled(settings).filter((one) => one.firstFactor) : [];
  if (factors.length === 0) return [];
  return [
    {
      type: 'passkey',
      usage: ['primary'],
      enrollable: factors.some(({ name }) => enrollable.includes(name)),
      phishing_resistant: true as const,
    },
  ];
}

function plain(choices: Awaited<ReturnType<MyAccountDependencies['engine']['inputChoices']>>) {
  return Object.fromEntries(
    Object.entries(choices).map(([field, { options, preferred }]) => [
      field,
      { options: [...options], ...(preferred === undefined ? {} : { preferred }) },
    ]),
  );
}
