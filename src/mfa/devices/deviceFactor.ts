import type { FactorContext } from '../factor.ts';

/** A device as it may be seen by its own person and by the device itself. */
export interface DeviceView {
  /** Chosen on the device. */
  name: string;
  /** What the device calls itself; the same after it was set up anew. */
  identifier: string;
  /** The push service by which it is woken; absent where it only looks by itself. */
  service?: string;
  /** Why it is woken no longer, in a word: `endpoint_gone`. */
  unreachable?: string;
}

/** A device that was enrolled, with what it must keep. */
export interface NewDevice<State> {
  state: State;
  /** Opaque bearer by which the device changes and removes itself. */
  token: string;
}

/** A signed text that a device sent. */
export interface DeviceStatement {
  /** JWS in compact form. */
  jws: string;
  /** Addresses it may be meant for, absolute and as this server is reached (RFC 7519 §4.1.3). */
  audiences: readonly string[];
}

/** Proof that whoever reads a request holds the device's key. */
export interface PossessionProof {
  jws: string;
  /** RFC 9110 method and absolute address of the request that it comes with. */
  method: string;
  urls: readonly string[];
  /** The bearer beside it. */
  requestToken: string;
}

/** What a device's answer is worth. `detail` is a word for the log. */
export type DeviceVerdict =
  | { answer: 'approved'; detail?: string }
  /** `isForeign`: the person says that the sign-in isn't theirs. */
  | { answer: 'denied'; reason?: string; isForeign: boolean }
  /** Signed by the right device, with another number than the page shows: the request is over. */
  | { answer: 'mismatched' }
  /**
   * Not signed by this device for this request; the request stays open. `isUnsigned`: not by this device at all, so
   * that it says nothing of the person either.
   */
  | { answer: 'invalid'; detail?: string; isUnsigned?: true };

/** What the device shows of a request, and what its answer must hold. */
export interface ShownRequest {
  /** Text that the answer repeats. */
  challenge: string;
  /** The person finds the number that the page shows among these; typed when absent. */
  numberChoices?: readonly string[];
  /** Digits of that number; absent where no number is asked for. */
  numberLength?: number;
}

/**
 * What a factor adds whose challenges are answered on a device of the person's: it is enrolled by a ticket that
 * the person carries over, and answers by its own key. `Request` is the state of a challenge.
 */
// biome-ignore lint/suspicious/noExplicitAny: as with `Factor`
export interface DeviceSide<State = any, Settings = any, Device = any, Request = any> {
  /** How long a ticket counts. */
  readonly ticketLifetimeSeconds: number;
  /** The ticket that the enrolment screen shows; undefined once a device has taken it. */
  ticketOf(state: State): string | undefined;
  /** What a device presents with its ticket; undefined when it has not the form. */
  readDevice(input: unknown): Device | undefined;
  /** Why the settings refuse this device, in a word for the log. */
  objection(device: Device, settings: Settings): string | undefined;
  /** The device takes the place of the ticket. */
  enrol(context: FactorContext<Settings>, state: State, device: Device): NewDevice<State>;
  /** Changes of its name or its push service; undefined when they have not the form. */
  readChange(input: unknown): unknown;
  change(context: FactorContext<Settings>, state: State, change: unknown): State;
  /** Whether a bearer is this device's own: the opaque one, or one that its key signed. */
  isOwnBearer(
    context: FactorContext<Settings>,
    state: State,
    bearer: DeviceStatement,
    owner: { deviceId: string; userId: string },
  ): Promise<boolean>;
  /** Whether it holds the key, for reading a request. The caller keeps `id` from being used twice. */
  judgePossession(
    context: FactorContext<Settings>,
    state: State,
    proof: PossessionProof,
  ): Promise<{ id: string } | undefined>;
  /** Judges an answer. It spends nothing: the engine records one answer a request. */
  judgeAnswer(
    context: FactorContext<Settings>,
    state: State,
    answer: DeviceStatement,
    request: Request,
  ): Promise<DeviceVerdict>;
  /** What the device is told of a request. */
  presentRequest(request: Request): ShownRequest;
  /** What the page shows while it waits: the number. Keys are sources of the screen. */
  presentWaiting(request: Request): Readonly<Record<string, string>>;
  /** The push service takes nothing for `target` any more; unchanged where the device has another one by now. */
  markUnreachable(state: State, reason: string, target?: unknown): State;
  view(state: State): DeviceView | undefined;
}

/** For a factor whose codes a device makes by itself, beside answering for another factor. */
export interface DeviceCodes<State> {
  /** RFC 6238 parameters that the device needs. */
  parametersOf(state: State): DeviceCodeParameters;
}

export interface DeviceCodeParameters {
  /** RFC 4648 base32, upper case, no padding. */
  secret: string;
  algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  digits: number;
  periodSeconds: number;
}
