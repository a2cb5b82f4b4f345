import { type Static, Type } from 'typebox';
import type { MethodView } from '../../../mfa/methodViews.ts';
import type { FlowCalls } from './dependencies.ts';
import type { NamedFactor } from './widgetMethods.ts';

const methods = (description: string) => Type.Array(Type.String(), { description });

/** What a person has enrolled, as the widget sees it: one account with several methods. */
export const enrolledAccount = Type.Object({
  methods: methods('`push`, `otp`, `sms`.'),
  available_methods: methods('The same.'),
  available_authenticator_types: methods('The same and `recovery-code`; the first is the widget’s default.'),
  name: Type.Optional(Type.String({ description: 'Of the device.' })),
  phone_number: Type.Optional(Type.String({ description: 'Masked.' })),
});

export type EnrolledAccount = Static<typeof enrolledAccount>;

/** What a person has of these factors; empty lists where it is nothing. */
export async function describeAccount(
  { engine }: Pick<FlowCalls, 'engine'>,
  userId: string,
  factors: readonly NamedFactor[],
): Promise<EnrolledAccount> {
  const confirmed = (await engine.methods(userId)).filter(({ isConfirmed }) => isConfirmed);
  const owned = factors.filter(({ factor }) => confirmed.some((method) => method.factor === factor.name));
  const types = owned.map(({ method }) => method);
  const names = types.filter((method) => method !== 'recovery-code');
  const name = nameOf('push', owned, confirmed);
  const phoneNumber = nameOf('sms', owned, confirmed);
  return {
    methods: names,
    available_methods: names,
    available_authenticator_types: types,
    ...(name === undefined ? {} : { name }),
    ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
  };
}

function nameOf(
  wanted: NamedFactor['method'],
  owned: readonly NamedFactor[],
  confirmed: readonly MethodView[],
): string | undefined {
  const factor = owned.find(({ method }) => method === wanted)?.factor;
  return confirmed.find((method) => method.factor === factor?.name)?.name;
}
