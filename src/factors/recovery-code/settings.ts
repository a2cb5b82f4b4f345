import { type Static, Type } from 'typebox';

/** How many codes people are given. A change counts for codes handed out from then on. */
export const recoveryCodeSettings = Type.Object({
  codes: Type.Union([Type.Literal(1), Type.Literal(10)], {
    default: 1,
    description:
      'How many a person is given at once. 1: a used code is replaced by the next one. 10: a list to print, each ' +
      'good once. Whoever has codes keeps them until they make new ones.',
  }),
});

export type RecoveryCodeSettings = Static<typeof recoveryCodeSettings>;
