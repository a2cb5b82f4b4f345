/** Scopes of the demo's API. Sending money is the one that needs a second factor. */
export const demoScopes = {
  readAccount: 'read:account',
  transferMoney: 'transfer:money',
} as const;

export type DemoScope = (typeof demoScopes)[keyof typeof demoScopes];
