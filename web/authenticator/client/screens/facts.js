import { element } from '../dom.js';
import { picture } from '../pictures.js';

/**
 * A list of facts, each with its picture. A fact without a value is left out.
 * @param {readonly {
 *   picture: import('../pictures.js').PictureName,
 *   name: string,
 *   value: string | HTMLElement,
 *   detail?: string | HTMLElement,
 * }[]} facts
 */
export function factList(facts) {
  return element(
    'dl',
    { class: 'facts' },
    ...facts
      .filter(({ value }) => value !== '')
      .map((fact) =>
        element(
          'div',
          { class: 'fact' },
          picture(fact.picture),
          element('dt', {}, fact.name),
          element('dd', {}, fact.value),
          fact.detail && element('dd', { class: 'fact-detail' }, fact.detail),
        ),
      ),
  );
}
