/** @typedef {Node | string | undefined | false} Child */

/**
 * A new element. Children are nodes, or text, which is never read as HTML; what is missing is left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | undefined>} [attributes] true stands for one without a value
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/**
 * A button that runs an act, once at a time; meanwhile it says that it is busy.
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {Child[]} children
 * @param {() => unknown} act
 */
export function button(attributes, children, act) {
  const made = element('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', () => void whileBusy(made, act));
  return made;
}

/**
 * Runs an act on behalf of a button, unless it is busy with one.
 * @param {HTMLElement} pressed
 * @param {() => unknown} act
 */
export async function whileBusy(pressed, act) {
  if (pressed.getAttribute('aria-disabled') === 'true') return;
  pressed.setAttribute('aria-disabled', 'true');
  try {
    await act();
  } finally {
    pressed.removeAttribute('aria-disabled');
  }
}

/**
 * An element of the page by its id; the page has all that are asked for.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function find(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

/**
 * A decorative line picture, from those that came with the page.
 * @param {string} name
 */
export function picture(name) {
  const drawings = /** @type {HTMLTemplateElement} */ (find('pictures'));
  const drawing = drawings.content.querySelector(`.icon-${name}`);
  if (!drawing) throw new Error(`The page has no picture ${name}`);
  return drawing.cloneNode(true);
}
