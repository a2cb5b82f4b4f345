import type { ColumnType } from 'kysely';

/**
 * Column conventions, the same on both databases: times are epoch milliseconds (bigint), truth values
 * 0 or 1, JSON is text, `*_encrypted` is sealed by the vault with `table.column:rowId` as context,
 * `*_hash` is the vault's keyed hash.
 */
type Json = string;
type Flag = 0 | 1;
type WithDefault<T> = ColumnType<T, T | undefined, T>;

// Storage's own keys and settings

export interface DataKeysTable {
  id: string;
  purpose: 'encryption' | 'hash';
  wrapped: string;
  created_at: number;
}

export interface SigningKeysTable {
  kid: string;
  algorithm: 'RS256' | 'ES256' | 'EdDSA';
  private_jwk_encrypted: string;
  created_at: number;
  /** Set when a newer key took over; the public half stays published until `retire_at`. */
  rotated_at: number | null;
  retire_at: number | null;
}

export interface TenantSettingsTable {
  /** `served`: where the last server was reached, for commands beside it. */
  id: 'tenant' | 'served';
  settings: Json;
  updated_at: number;
}

// Applications: clients, resource servers, client grants

export interface ClientsTable {
  client_id: string;
  name: string;
  client_secret_encrypted: string | null;
  properties: Json;
  created_at: number;
  updated_at: number;
}

export interface ResourceServersTable {
  id: string;
  identifier: string;
  properties: Json;
  created_at: number;
  updated_at: number;
}

export interface ClientGrantsTable {
  id: string;
  client_id: string;
  audience: string;
  scope: Json;
  created_at: number;
}

// Accounts: users, tickets

export interface UsersTable {
  id: string;
  connection: string;
  /** Canonical form (`canonicalEmail`): what look-ups, limits and messages use. */
  email: string;
  email_verified: Flag;
  password_hash: string | null;
  password_changed_at: number | null;
  /** The password was chosen by a link in a message, and nothing but the mailbox has vouched for it since. */
  password_by_mail: WithDefault<Flag>;
  /** Proofs given before it count for nothing any more, wherever they are remembered. */
  proofs_void_before: number;
  /** Keyed hash of where all that was asked for was last proved. */
  proved_address: WithDefault<string | null>;
  /** Name of the factor that the person wants to be asked for first. */
  preferred_factor: WithDefault<string | null>;
  blocked: Flag;
  profile: Json;
  user_metadata: Json;
  app_metadata: Json;
  created_at: number;
  updated_at: number;
  last_login_at: number | null;
  logins_count: number;
}

export interface TicketsTable {
  id: string;
  kind: string;
  user_id: string;
  token_hash: string;
  data_encrypted: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

// Delivery

/** A service that takes messages of a channel, as an operator set it up. */
export interface DeliveryProvidersTable {
  id: string;
  channel: 'sms' | 'voice' | 'email' | 'webpush' | 'apns' | 'fcm';
  role: 'primary' | 'secondary';
  name: string;
  settings: Json;
  credentials_encrypted: string;
  /** Messages that one node hands over at the same time. */
  concurrency: number;
  /** Goes up with every change: a node sees by it that what it has in memory is old. */
  revision: number;
  created_at: number;
  updated_at: number;
}

/** One row a provider that has failed; none while nothing ever went wrong. */
export interface DeliveryBreakersTable {
  /** Of a stored provider, or the name of one that comes from the settings. */
  provider_id: string;
  state: 'closed' | 'open' | 'half-open';
  /** In a row. */
  failures: number;
  /** Begins with a failure; tries are counted only while it lasts. */
  window_started_at: number;
  window_tries: number;
  window_failures: number;
  /** How often it opened since it was last well: selects the length of the pause. */
  openings: number;
  /** Open: from then on one message may try. Half-open: from then on the one that tries counts as lost. */
  retry_at: number | null;
  last_code: string | null;
  changed_at: number;
}

export interface MessagesTable {
  id: string;
  /** A `request` is work to do after the answer, which may queue messages; the others are messages to send. */
  channel: 'sms' | 'voice' | 'email' | 'webpush' | 'apns' | 'fcm' | 'request';
  user_id: string | null;
  /** The template of a message, or the kind of a request. */
  template: string;
  /** Recipient, language and variables, or the request's data; emptied once it is of no further use. */
  content_encrypted: string;
  status: 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'dead';
  /** Spent before each try; also tells a late try that its lease was taken over. */
  attempts: number;
  next_attempt_at: number;
  lease_until: number | null;
  last_error: string | null;
  created_at: number;
  expires_at: number;
  /** When a provider accepted it. */
  sent_at: number | null;
  /** Of a code, or of a request to a device: there is one message a challenge. */
  challenge_id: string | null;
  /** What the delivery log may show of the recipient. */
  recipient_masked: string | null;
  /** Who was tried last, or has it. */
  provider_id: string | null;
  /** The same by name, for when that provider is gone. */
  provider: string | null;
  provider_message_id: string | null;
  /** Written right before a text or call is handed over, taken back when the provider surely refused it. */
  handed_over_at: number | null;
  receipt_at: number | null;
  /** Decimal. */
  cost_amount: string | null;
  /** ISO 4217. */
  cost_currency: string | null;
  /** Lower goes first: 0 somebody waits for it, 1 the rest. */
  urgency: 0 | 1;
}

/** The key pair by which the push services of browsers know this server: one row, for good. */
export interface VapidKeysTable {
  id: 'vapid';
  /** P-256 point, uncompressed, base64url. */
  public_key: string;
  private_key_encrypted: string;
  created_at: number;
}

/** An operator's own text of a message. */
export interface MessageTemplatesTable {
  channel: 'sms' | 'voice' | 'email';
  /** The purpose of a code, or the name of an e-mail's template. */
  name: string;
  /** A primary tag, or `*` for every language. */
  language: string;
  /** Liquid sources by the part's name. */
  parts: Json;
  updated_at: number;
}

// Multi-factor

export interface AuthenticationMethodsTable {
  id: string;
  user_id: string;
  factor: string;
  /** The factor's own state, sealed. */
  state_encrypted: string;
  /** Goes up with every change of state; a proof is accepted only by moving it (compare and swap). */
  revision: number;
  /** Null until the person proved possession. */
  confirmed_at: number | null;
  /** The transaction that may confirm it; null once confirmed. */
  transaction_id: string | null;
  created_at: number;
  last_used_at: number | null;
  /** Where it was used last, with `last_used_at`. */
  last_used_ip: WithDefault<string | null>;
  last_used_agent: WithDefault<string | null>;
  /** The name that its person gave it. */
  label: WithDefault<string | null>;
}

/** A passage through the pages that belongs to no application's request: an invitation, a password reset. */
export interface ErrandsTable {
  id: string;
  kind: 'enrolment' | 'password-reset';
  user_id: string;
  /** Hash of the cookie of the browser that began it. */
  binding_hash: string;
  data_encrypted: string;
  /** What was proved, once that is all that it needs. */
  proofs: Json | null;
  created_at: number;
  expires_at: number;
  /** Its one result was used. */
  spent_at: number | null;
}

/** A change of somebody's methods that they may undo by a link. */
export interface MethodChangesTable {
  id: string;
  user_id: string;
  kind: 'added' | 'removed' | 'reset';
  token_hash: string;
  /** The rows as they were: what an undoing puts back, or takes away. */
  methods_encrypted: string;
  created_at: number;
  expires_at: number;
  undone_at: number | null;
}

export interface MfaTransactionsTable {
  id: string;
  purpose: string;
  user_id: string;
  client_id: string;
  /** Hash of the `mfa_token`, for transactions begun at the token endpoint or the MFA API. */
  token_hash: string | null;
  /** The browser's interaction, for transactions begun on the pages. */
  interaction_id: string | null;
  state: string;
  decision_input: Json;
  requirement: Json;
  reasons: Json;
  proofs: Json;
  request_encrypted: string;
  /** What is shown once (a recovery code), until acknowledged or completed. */
  reveal_encrypted: string | null;
  created_at: number;
  expires_at: number;
}

/** What no two methods may share, such as the id of a credential. */
export interface MethodClaimsTable {
  claim_hash: string;
  /** The claim ends with its method. */
  method_id: string;
}

export interface ChallengesTable {
  id: string;
  transaction_id: string;
  user_id: string;
  method_id: string;
  factor: string;
  /** The channel it was sent by. */
  channel: string;
  /** Hash of the `oob_code` handed to the client. */
  token_hash: string;
  state_encrypted: string;
  /** Answers judged so far; spent before each. */
  attempts: number;
  created_at: number;
  expires_at: number;
  consumed_at: number | null;
}

/** A challenge that a device answers: a request to a person, or the ticket that enrols the device. */
export interface DeviceRequestsTable {
  challenge_id: string;
  purpose: 'enrolment' | 'verification';
  user_id: string;
  method_id: string;
  /** Hash of the bearer that the device holds: the ticket, or the request's token. */
  token_hash: string;
  /** Public name of the request: `cns_…`. */
  consent_id: string;
  answer: 'approved' | 'denied' | 'mismatched' | 'replaced' | null;
  /** When it was made or last changed, epoch milliseconds; watched for changes. */
  changed_at: number;
  created_at: number;
  expires_at: number;
}

/** Requests that a person denied in a row. */
export interface DeviceDenialsTable {
  /** The person, as seen from where the requests came. */
  key: string;
  denials: number;
  paused_until: number;
  updated_at: number;
}

export interface SecondFactorLocksTable {
  user_id: string;
  /** Failed proofs in a row. */
  failures: number;
  /** How often the account was locked since the last success: selects the length of the next lock. */
  locks: number;
  locked_until: number | null;
  notified_at: number | null;
}

export interface RememberedBrowsersTable {
  id: string;
  user_id: string;
  /** The application in which it was remembered. */
  client_id: WithDefault<string | null>;
  token_hash: string;
  ip: string;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

// Limits

export interface SendBackOffsTable {
  key: string;
  /** In the present row of sends. */
  sends: number;
  /** When the next one may leave. */
  next_at: number;
  updated_at: number;
}

/** What became of the codes sent to numbers that begin alike. */
export interface SendConversionsTable {
  prefix: string;
  window_start: number;
  sent: number;
  confirmed: number;
  paused_until: number | null;
}

export interface ThrottlesTable {
  key: string;
  /** Theoretical arrival time of the generic cell rate algorithm, epoch ms. */
  arrival: number;
}

// OpenID Connect

export interface SessionsTable {
  uid: string;
  user_id: string;
  proofs: Json;
  ip: string;
  user_agent: string;
  created_at: number;
  updated_at: number;
  expires_at: number;
}

export interface OidcRecordsTable {
  model: string;
  id_hash: string;
  payload: Json;
  uid: string | null;
  user_code: string | null;
  grant_id: string | null;
  account_id: string | null;
  consumed_at: number | null;
  expires_at: number | null;
}

// Operator console

export interface OperatorSessionsTable {
  id: string;
  user_id: string;
  /** Hash of the sign-in that led to it: a sign-in yields one session. */
  sign_in_hash: string;
  /** Hash of the cookie's value; null until the browser that signed in has fetched it. */
  token_hash: string | null;
  proofs: Json;
  ip: string;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

// WebAuthn

/** What imported metadata tells of a model of authenticator. */
export interface AuthenticatorModelsTable {
  aaguid: string;
  description: string;
  /** List of certificates, base64 of DER. */
  roots: Json;
  status: 'ok' | 'compromised';
  certification: string | null;
  updated_at: number;
}

// Tenant log

export interface LogsTable {
  log_id: string;
  date: number;
  type: string;
  description: string | null;
  user_id: string | null;
  user_name: string | null;
  client_id: string | null;
  client_name: string | null;
  connection: string | null;
  ip: string | null;
  user_agent: string | null;
  audience: string | null;
  scope: string | null;
  details: WithDefault<Json>;
}

export interface Schema {
  data_keys: DataKeysTable;
  signing_keys: SigningKeysTable;
  tenant_settings: TenantSettingsTable;
  clients: ClientsTable;
  resource_servers: ResourceServersTable;
  client_grants: ClientGrantsTable;
  users: UsersTable;
  tickets: TicketsTable;
  delivery_providers: DeliveryProvidersTable;
  delivery_breakers: DeliveryBreakersTable;
  messages: MessagesTable;
  message_templates: MessageTemplatesTable;
  vapid_keys: VapidKeysTable;
  authentication_methods: AuthenticationMethodsTable;
  mfa_transactions: MfaTransactionsTable;
  method_claims: MethodClaimsTable;
  method_changes: MethodChangesTable;
  errands: ErrandsTable;
  challenges: ChallengesTable;
  device_requests: DeviceRequestsTable;
  device_denials: DeviceDenialsTable;
  second_factor_locks: SecondFactorLocksTable;
  remembered_browsers: RememberedBrowsersTable;
  send_back_offs: SendBackOffsTable;
  send_conversions: SendConversionsTable;
  throttles: ThrottlesTable;
  sessions: SessionsTable;
  oidc_records: OidcRecordsTable;
  operator_sessions: OperatorSessionsTable;
  authenticator_models: AuthenticatorModelsTable;
  logs: LogsTable;
}
