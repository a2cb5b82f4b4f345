/** What an operator asks for when handing something out. */
export interface PassRequest {
  /** Why, in the operator's words. */
  reason: string;
  /** As the log names them. */
  issuedBy: string;
  /** Spent by the first use; otherwise it works as often as needed until it ends. */
  isSingleUse: boolean;
  /** Epoch milliseconds; what was proved by it counts until then as well. */
  endsAt: number;
}

/** A factor whose methods an operator hands out, for a while: its `beginEnrolment` takes a `PassRequest` and shows a `pass`. */
export interface HandedOut<State, Settings> {
  lifetimes(settings: Settings): PassLifetimes;
  /** When a method stops being one by itself, epoch milliseconds. */
  endsAt(state: State): number;
  /** It proves nothing more, while what was proved by it stands. */
  isUsedUp(state: State): boolean;
}

export interface PassLifetimes {
  /** Where nothing else is said. */
  usualSeconds: number;
  longestSeconds: number;
}
