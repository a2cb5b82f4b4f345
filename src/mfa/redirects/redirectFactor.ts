import type { FactorUser } from '../factor.ts';

/** What a factor gets to speak with its service, outside any database transaction. */
export interface ServiceContext<Settings> {
  settings: Settings;
  /** Where the service sends the browser back to. */
  redirectUri: string;
  /** The text of a setting that is stored sealed. */
  unseal(sealed: string): string;
}

/** A challenge on another service's page: what must be kept to judge what the browser brings back. */
export interface RedirectChallenge {
  /** Where the browser goes. */
  url: string;
  /** 128 random bits or more that the browser brings back: names the challenge. */
  nonce: string;
  state: unknown;
  lifetimeSeconds: number;
}

/** What a browser brought back, by parameter. */
export type BroughtBack = Readonly<Record<string, string>>;

/**
 * A factor whose challenges are answered on another service's page: the browser goes there and comes back with
 * a code, which this server exchanges. Nothing here runs inside a database transaction, and nothing here
 * decides: what the service said is handed to `verify` as the proof.
 */
export interface RedirectSide<State, Settings> {
  /** Parameter of the address by which the browser names its challenge when it comes back: `state`. */
  readonly nonceParameter: string;
  /** Whether the service answers now; it tells in words for the log why not. */
  probe(service: ServiceContext<Settings>): Promise<{ isUp: true } | { isUp: false; detail: string }>;
  /** Whether people get in while it doesn't, by the operator's explicit wish. */
  letsInWhileDown(settings: Settings): boolean;
  begin(
    service: ServiceContext<Settings>,
    subject: { state: State; user: FactorUser },
  ): Promise<RedirectChallenge>;
  /** What the service says of this answer; `undefined` when it says nothing good, with a word for the log. */
  exchange(
    service: ServiceContext<Settings>,
    challengeState: unknown,
    broughtBack: BroughtBack,
  ): Promise<{ proof: unknown } | { proof: undefined; detail: string }>;
}
