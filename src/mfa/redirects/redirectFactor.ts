import type { OutboundClient } from '../../outbound/outboundClient.ts';

/** What a factor gets to speak with its service, outside any database transaction. */
export interface ServiceContext<Settings> {
  settings: Settings;
  /** Where the service sends the browser back to. */
  redirectUri: string;
  /** The text of a setting that is stored sealed. */
  unseal(sealed: string): string;
  /** The guarded way out (S-92), trusting these certificate authorities (PEM) alone. */
  connect(authorities: string): OutboundClient;
}

/** Whether a service answers; `detail` is a word for the log. */
export type Probed =
  | { isUp: true }
  /** `isOutage`: it can't be reached or is broken, rather than refuses what it was asked. */
  | { isUp: false; isOutage: boolean; detail: string };

/** Who is sent there. */
export interface RedirectSubject<State> {
  /** Of the method that is asked for, or set up. */
  state: State;
  /** What the browser is to bring back: names the challenge, and nobody can guess it. */
  nonce: string;
}

/** A challenge on another service's page: what must be kept to judge what the browser brings back. */
export interface RedirectChallenge {
  /** Where the browser goes. */
  url: string;
  state: unknown;
  lifetimeSeconds: number;
}

/** What a browser brought back, by parameter. */
export type BroughtBack = Readonly<Record<string, string>>;

/**
 * A factor whose challenges are answered on another service's page: the browser goes there and comes back with
 * a code, which this server exchanges. Nothing here runs inside a database transaction, and nothing here
 * decides: what the service said is handed to `verify` as the proof, and nobody hands in another one.
 */
export interface RedirectSide<State, Settings> {
  /** Parameter of the address by which the browser names its challenge when it comes back: `state`. */
  readonly nonceParameter: string;
  /** Whether the service answers now. */
  probe(service: ServiceContext<Settings>): Promise<Probed>;
  /** Whether people who have a method get in during an outage, by the operator's explicit wish. */
  letsInWhileDown(settings: Settings): boolean;
  begin(service: ServiceContext<Settings>, subject: RedirectSubject<State>): Promise<RedirectChallenge>;
  /** What the service says of this answer, as `verify` takes it; that it says nothing good as well. */
  exchange(
    service: ServiceContext<Settings>,
    challengeState: unknown,
    broughtBack: BroughtBack,
  ): Promise<unknown>;
}
