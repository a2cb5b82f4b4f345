/**
 * A new element. Children are nodes, or text, which is never read as HTML; what is missing is left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | undefined>} [attributes] true stands for one without a value
 * @param {...(Node | string | undefined | false)} children
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
 * @param {(Node | string)[]} children
 * @param {() => unknown} act
 */
export function button(attributes, children, act) {
  const made = element('button', { type: 'button', ...attributes }, ...children);
  let isRunning = false;
  made.addEventListener('click', async () => {
    if (isRunning || made.getAttribute('aria-disabled') === 'true') return;
    isRunning = true;
    made.setAttribute('aria-disabled', 'true');
    try {
      await act();
    } finally {
      isRunning = false;
      made.removeAttribute('aria-disabled');
    }
  });
  return made;
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
