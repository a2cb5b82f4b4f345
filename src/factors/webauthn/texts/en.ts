/** English texts that the screens of keys and of devices have in common. */
export const en = {
  ceremony: {
    awaitingConfirmation: 'Waiting: follow what your browser shows.',
    pickAuthenticatorText: 'Try another method',
    'transaction-not-found': 'That took too long. Press the button again.',
  },
  challenge: {
    pageTitle: 'Confirm it’s you · ${clientName}',
    title: 'Confirm it’s you',
    rememberMeText: 'Don’t ask again on this browser for ${rememberDays} days',
  },
} as const;

/** The same parts and keys in another language. */
export type CommonWebauthnTexts = {
  readonly [Part in keyof typeof en]: { readonly [Key in keyof (typeof en)[Part]]: string };
};
