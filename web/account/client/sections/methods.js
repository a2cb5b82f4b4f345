import { act } from '../act.js';
import { addable, openAdding } from '../add/adding.js';
import { button, element, picture } from '../dom.js';
import { editMethod } from '../editMethod.js';
import { dayOf, momentOf } from '../format.js';
import { addressOf, nameOf } from '../methodName.js';
import { inOrder, methodTypes } from '../methodTypes.js';
import { removeMethod } from '../removeMethod.js';
import { part } from '../stage.js';
import { currentLocale, text } from '../words.js';
import { lastUseLine } from './lastUse.js';

/** @typedef {import('../account.js').Account} Account */
/** @typedef {import('../myAccount.js').Method} Method */
/** @typedef {import('../myAccount.js').MethodType} MethodType */

/**
 * The person's second factors, grouped by kind, and the way to another one.
 * @param {Account} account
 */
export function methodsPart(account) {
  const groups = inOrder(account.secondFactors.map(({ type }) => type));
  return part(
    'methods',
    text('methodsTitle'),
    element('p', { class: 'lead' }, text(account.ownMethods.length === 0 ? 'methodsNone' : 'methodsLead')),
    ...groups.map((type) => methodGroup(account, type, groups.length > 1)),
    addButton(account),
  );
}

/** @param {Account} account */
function addButton(account) {
  const types = addable(account.enrollable);
  if (types.length === 0) return undefined;
  const style = account.ownMethods.length === 0 ? 'primary' : 'secondary';
  return button({ class: style }, [text('addMethod')], () => openAdding(account, types));
}

/**
 * @param {Account} account
 * @param {MethodType} type
 * @param {boolean} hasOthers
 */
function methodGroup(account, type, hasOthers) {
  const { picture: drawing, name } = methodTypes[type];
  const isPreferred = account.preferred === type;
  const title = `group-${type}`;
  return element(
    'section',
    { class: 'group', 'aria-labelledby': title },
    element(
      'div',
      { class: 'group-head' },
      picture(drawing),
      element(
        'div',
        { class: 'group-title' },
        element('h3', { id: title }, text(name)),
        isPreferred && element('span', { class: 'badge' }, text('preferred')),
      ),
      hasOthers && preferButton(account, type, isPreferred),
    ),
    element(
      'ul',
      { class: 'rows' },
      ...account.secondFactors
        .filter((method) => method.type === type)
        .map((method) => methodRow(account, method)),
    ),
  );
}

/**
 * @param {Account} account
 * @param {MethodType} type
 * @param {boolean} isPreferred
 */
function preferButton(account, type, isPreferred) {
  const name = text(methodTypes[type].name);
  const [label, factor, done] = isPreferred
    ? [text('preferNone'), null, text('preferredNone')]
    : [text('prefer'), type, text('preferredNow', { name })];
  return button({ class: 'link', 'aria-label': `${label}: ${name}` }, [label], () =>
    act(account, { kind: 'prefer', factor }, done),
  );
}

/** @param {Account} account @param {Method} method */
function methodRow(account, method) {
  const name = nameOf(method);
  const address = addressOf(method);
  return element(
    'li',
    { class: 'row' },
    element(
      'div',
      { class: 'row-words' },
      element('p', { class: 'row-name' }, name),
      address !== name && detail(address),
      lastUseLine(method.last_auth_at, method.last_used),
      detail(spanText(method)),
      method.unreachable !== undefined && element('p', { class: 'field-error' }, text('unreachableDevice')),
    ),
    method.implicit ? undefined : methodTools(account, method, name),
  );
}

/** @param {string} words */
function detail(words) {
  return words !== '' && element('p', { class: 'detail' }, words);
}

/** Since when a method is there, or until when. @param {Method} method */
function spanText({ implicit, created_at: begin, expires_at: end }) {
  if (implicit) return text('implicit');
  return end === undefined
    ? text('added', { day: dayOf(Date.parse(begin), currentLocale()) })
    : text('validUntil', { when: momentOf(Date.parse(end), currentLocale()) });
}

/** @param {Account} account @param {Method} method @param {string} name */
function methodTools(account, method, name) {
  return element(
    'div',
    { class: 'tools' },
    button({ class: 'tool', 'aria-label': `${text('change')}: ${name}` }, [text('change')], () =>
      editMethod(account, method),
    ),
    button({ class: 'tool', 'aria-label': `${text('remove')}: ${name}` }, [text('remove')], () =>
      removeMethod(account, method),
    ),
  );
}
