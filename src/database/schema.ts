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
  id: 'tenant';
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
  /** Proofs given before it count for nothing any more, wherever they are remembered. */
  proofs_void_before: number;
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

export interface MessagesTable {
  id: string;
  /** `email` is a message to send; `request` is work to do after the answer, which may queue messages. */
  channel: 'email' | 'request';
  user_id: string | null;
  /** The template of an e-mail, or the kind of a request. */
  template: string;
  /** Recipient, language and variables, or the request's data; emptied once it is of no further use. */
  content_encrypted: string;
  status: 'queued' | 'sending' | 'sent' | 'failed';
  /** Spent before each try; also tells a late try that its lease was taken over. */
  attempts: number;
  next_attempt_at: number;
  lease_until: number | null;
  last_error: string | null;
  created_at: number;
  expires_at: number;
  sent_at: number | null;
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

export interface ChallengesTable {
  id: string;
  transaction_id: string;
  user_id: string;
  method_id: string;
  factor: string;
  /** Hash of the `oob_code` handed to the client. */
  token_hash: string;
  state_encrypted: string;
  created_at: number;
  expires_at: number;
  consumed_at: number | null;
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
  token_hash: string;
  ip: string;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  expires_at: number;
}

// Limits

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
  messages: MessagesTable;
  authentication_methods: AuthenticationMethodsTable;
  mfa_transactions: MfaTransactionsTable;
  challenges: ChallengesTable;
  second_factor_locks: SecondFactorLocksTable;
  remembered_browsers: RememberedBrowsersTable;
  throttles: ThrottlesTable;
  sessions: SessionsTable;
  oidc_records: OidcRecordsTable;
  operator_sessions: OperatorSessionsTable;
  logs: LogsTable;
}
