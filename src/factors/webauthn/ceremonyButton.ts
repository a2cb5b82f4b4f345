/** Where every ceremony's button takes its words from, and what it hands over. */
export const ceremonyButton = {
  source: 'publicKey',
  field: 'response',
  text: 'continueButtonText',
  waitingText: 'awaitingConfirmation',
  cancelledText: 'webauthn-cancelled-error',
} as const;
