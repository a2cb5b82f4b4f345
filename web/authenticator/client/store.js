/**
 * An account on this device. `key` names it here; `codes` alone make an account without a server. The keys in
 * it can be used by this app, and read by nobody (they are not extractable).
 * @typedef {{
 *   key: string,
 *   issuer: string,
 *   accountName: string,
 *   addedAt: number,
 *   codes?: import('./totp.js').Codes,
 *   device?: Device,
 * }} Account
 */
/**
 * What makes this device one of a person's at a server. `pushEndpoint` is where that server was told to send,
 * `isRefused` whether it said that it doesn't know the device.
 * @typedef {{
 *   baseUrl: string,
 *   identifier: string,
 *   deviceId: string,
 *   userId: string,
 *   name: string,
 *   signingKey: CryptoKey,
 *   isConfirmed: boolean,
 *   isRefused?: boolean,
 *   pushEndpoint?: string,
 * }} Device
 */
/** @typedef {Account & { device: Device }} DeviceAccount */
/**
 * Settings of this app: `language` when one was chosen, `deviceName` as it was last given, `userCheck` the id
 * of the credential that asks for the person's finger, face or PIN.
 * @typedef {{ language: string, deviceName: string, userCheck: Uint8Array<ArrayBuffer> }} Settings
 */

const name = 'countersign-authenticator';

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<Account[]>} in the order they were added */
export async function readAccounts() {
  /** @type {Account[]} */
  const accounts = await run('accounts', 'readonly', (store) => store.getAll());
  return accounts.sort((one, other) => one.addedAt - other.addedAt);
}

/**
 * Adds an account, or puts one in the place of the one with the same key.
 * @param {Account} account
 */
export async function saveAccount(account) {
  await run('accounts', 'readwrite', (store) => store.put(account));
}

/**
 * Changes an account's device, if the account is still there.
 * @param {string} key
 * @param {Partial<Device>} change
 */
export async function changeDevice(key, change) {
  const database = await open();
  const transaction = database.transaction('accounts', 'readwrite');
  const store = transaction.objectStore('accounts');
  store.get(key).onsuccess = ({ target }) => {
    /** @type {Account | undefined} */
    const account = /** @type {IDBRequest} */ (target).result;
    if (account?.device) store.put({ ...account, device: { ...account.device, ...change } });
  };
  await ended(transaction);
}

/** @param {string} key */
export async function deleteAccount(key) {
  await run('accounts', 'readwrite', (store) => store.delete(key));
}

/**
 * @template {keyof Settings} Name
 * @param {Name} setting
 * @returns {Promise<Settings[Name] | undefined>}
 */
export function readSetting(setting) {
  return run('settings', 'readonly', (store) => store.get(setting));
}

/**
 * @template {keyof Settings} Name
 * @param {Name} setting
 * @param {Settings[Name]} value
 */
export async function saveSetting(setting, value) {
  await run('settings', 'readwrite', (store) => store.put(value, setting));
}

/**
 * What this app calls itself towards a server: made up once for each, so that a device is known again when it
 * is set up anew, and two servers can't tell that they see the same one.
 * @param {string} baseUrl
 * @returns {Promise<string>}
 */
export async function identifierFor(baseUrl) {
  const known = await run('identifiers', 'readonly', (store) => store.get(baseUrl));
  if (known) return known;
  const identifier = crypto.randomUUID();
  await run('identifiers', 'readwrite', (store) => store.put(identifier, baseUrl));
  return identifier;
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('accounts', { keyPath: 'key' });
      request.result.createObjectStore('settings');
      request.result.createObjectStore('identifiers');
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // A newer version of the app, or the browser's own clean-up, must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => {
        opened = undefined;
      };
      resolve(request.result);
    };
  });
  return opened;
}

/**
 * @template Result
 * @param {'accounts' | 'settings' | 'identifiers'} storeName
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @returns {Promise<Result>} once it is on the disk
 */
async function run(storeName, mode, act) {
  const database = await open();
  const transaction = database.transaction(storeName, mode);
  const request = act(transaction.objectStore(storeName));
  await ended(transaction);
  return request.result;
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
