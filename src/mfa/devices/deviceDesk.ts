import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { ThrottleResult } from '../../database/throttle.ts';
import type {
  DeviceCodeParameters,
  DeviceStatement,
  DeviceView,
  PossessionProof,
  ShownRequest,
} from './deviceFactor.ts';
import type { GoneAddress } from './markUnreachable.ts';

/** Why a device was refused. Nothing in it tells whether another person, device or request exists. */
export type DeviceRefusalCode =
  /** No such ticket, or used, or too old. */
  | 'unknown_ticket'
  /** What the device presented has not the form. */
  | 'malformed_device'
  /** The operator's settings refuse devices of this kind. */
  | 'unsupported_device'
  /** No such device, or the bearer isn't its own. */
  | 'unknown_device'
  /** No such request for whoever asks. */
  | 'unknown_request'
  /** It was answered, replaced, or is too old. */
  | 'request_over'
  /** The answer isn't signed by this device for this request. */
  | 'invalid_answer'
  /** Signed, with another number than the page shows: the request is over. */
  | 'number_mismatch'
  /** The proof of possession is wrong, too old, or was used. */
  | 'invalid_possession'
  | 'factor_disabled'
  | 'locked'
  | 'rate_limited';

/** An expected no, returned so that what it counted and logged is committed (S-16). */
export interface DeviceRefusal {
  outcome: 'refused';
  code: DeviceRefusalCode;
  throttle?: ThrottleResult;
}

/** A device that was enrolled. The person's browser confirms it by going on. */
export interface DeviceEnrolled {
  outcome: 'enrolled';
  /** `dev_…`. */
  deviceId: string;
  userId: string;
  /** For the person to tell accounts apart. */
  accountName: string;
  /** Tenant's friendly name. */
  issuer: string;
  /** Opaque bearer by which it changes and removes itself. */
  token: string;
  /** Of the codes it makes as well; absent where those are off. */
  codes?: DeviceCodeParameters;
}

/** Who a device says it is. */
export interface DeviceBearer {
  deviceId: string;
  bearer: DeviceStatement;
}

export interface DeviceFound extends DeviceView {
  outcome: 'found';
  deviceId: string;
  userId: string;
  issuer: string;
  accountName: string;
  /** False until the person's browser has gone on. */
  isConfirmed: boolean;
}

/** A request that waits for the device, with all that its person should see before they answer. */
export interface DeviceRequest extends ShownRequest {
  /** Bearer by which it is answered. */
  requestToken: string;
  consentId: string;
  /** Name of the application. */
  application: string;
  /** Of whoever asked. */
  ip: string;
  userAgent: string;
  /** Epoch milliseconds. */
  createdAt: number;
  expiresAt: number;
}

/** What the application asked for, as a device may show it. */
export interface DeviceConsent {
  outcome: 'found';
  consentId: string;
  audience: string;
  scope: readonly string[];
  createdAt: number;
  expiresAt: number;
}

/** What devices may do. Each call is one database transaction, and a refusal commits too. */
export interface DeviceDesk {
  /** A device takes the place of the ticket. Single use, atomic (S-42). */
  enrol(ticket: string, device: unknown, context: RequestContext): Promise<DeviceEnrolled | DeviceRefusal>;
  find(device: DeviceBearer, context: RequestContext): Promise<DeviceFound | DeviceRefusal>;
  /** Changes its name or push service; what is absent stays. */
  update(
    device: DeviceBearer,
    change: unknown,
    context: RequestContext,
  ): Promise<DeviceFound | DeviceRefusal>;
  /** The device leaves; its codes go with it. It is dead at once (S-55). */
  remove(device: DeviceBearer, context: RequestContext): Promise<{ outcome: 'removed' } | DeviceRefusal>;
  /** The request that waits for this device. */
  waitingRequest(
    device: DeviceBearer,
    context: RequestContext,
  ): Promise<{ outcome: 'found'; request: DeviceRequest | undefined } | DeviceRefusal>;
  /** Records the device's answer, once (S-51). Whoever waits for it collects it by `submit`. */
  answer(
    requestToken: string,
    answer: DeviceStatement,
    context: RequestContext,
  ): Promise<{ outcome: 'recorded'; answer: 'approved' | 'denied' } | DeviceRefusal>;
  /** What the request is for, to who proves to hold the device's key. */
  consent(
    consentId: string,
    proof: PossessionProof,
    context: RequestContext,
  ): Promise<DeviceConsent | DeviceRefusal>;
  /** How the transaction's latest device request stands; undefined when there is none. */
  standing(transactionId: string): Promise<RequestStanding | undefined>;
  /**
   * Resolves when the transaction's latest device request may have changed, or the signal ends it. One query a
   * process serves all who wait. That a request is over because of its age is no change: whoever shows one knows
   * when it ends.
   */
  requestChanged(transactionId: string, signal: AbortSignal): Promise<void>;
  /** Likewise, when a device may have another request. */
  deviceChanged(deviceId: string, signal: AbortSignal): Promise<void>;
  /** Ends every wait, for a server that stops; a wait that begins later lasts a second at most. */
  stop(): void;
  /**
   * In the caller's database transaction: the push service takes nothing for this address any more. The device is
   * asked no more through it; `reason` is a word: `endpoint_gone`.
   */
  markUnreachable(trx: Db, gone: GoneAddress, reason: string): Promise<void>;
}

export interface RequestStanding {
  purpose: 'enrolment' | 'verification';
  /** `over` when it is too old. */
  state: 'waiting' | 'approved' | 'denied' | 'mismatched' | 'replaced' | 'over';
  /** Epoch milliseconds. */
  expiresAt: number;
}
