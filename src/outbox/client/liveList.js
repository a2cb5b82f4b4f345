/**
 * Keeps the list of messages up to date: asks every second, while the page is seen, which messages there are,
 * fetches those it lacks and takes away those that are gone. What stays is not touched, so nothing flickers
 * and nothing that is open closes.
 */
const list = document.querySelector('[data-live]');
const empty = document.querySelector('[data-empty]');
const news = document.querySelector('[data-news]');
const recipients = document.querySelector('#to');
const everyMs = 1000;

/** @returns {Promise<string[] | undefined>} ids, newest first; undefined when the server can't be reached */
async function ask() {
  try {
    const answer = await fetch(`/dev/outbox/ids.json${location.search}`);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} id
 * @returns {Promise<Element | null>} the item; null when it is gone already
 */
async function fetchItem(id) {
  const answer = await fetch(`/dev/outbox/${encodeURIComponent(id)}/item`);
  if (!answer.ok) return null;
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return part.querySelector('li');
}

/** @param {Element} shown the list */
async function refresh(shown) {
  const ids = await ask();
  if (!ids) return;
  for (const item of [...shown.children]) if (!ids.includes(item.id)) item.remove();
  let added = 0;
  /** @type {Element | null} */
  let before = shown.firstElementChild;
  for (const id of ids) {
    if (before?.id === id) {
      before = before.nextElementSibling;
      continue;
    }
    const there = document.getElementById(id);
    const item = there ?? (await fetchItem(id));
    if (!item) continue;
    if (!there) {
      added += 1;
      offerRecipient(item.getAttribute('data-to') ?? '');
    }
    shown.insertBefore(item, before);
  }
  if (empty instanceof HTMLElement) empty.hidden = shown.children.length > 0;
  if (added > 0) tell(added);
}

/**
 * So that the list can be narrowed to somebody who is new in it.
 *
 * @param {string} to
 */
function offerRecipient(to) {
  if (recipients instanceof HTMLSelectElement && ![...recipients.options].some(({ value }) => value === to))
    recipients.add(new Option(to, to));
}

/** @param {number} added */
function tell(added) {
  if (news) news.textContent = added === 1 ? 'A new message.' : `${added} new messages.`;
  document.dispatchEvent(new CustomEvent('messages-added'));
}

async function watch() {
  if (list && document.visibilityState === 'visible') await refresh(list).catch(() => {});
  setTimeout(watch, everyMs);
}

if (list) {
  document.querySelector('[data-reload]')?.remove();
  setTimeout(watch, everyMs);
}

export {};
