const systems = /** @type {const} */ ([
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Chromebook', /CrOS/],
  ['Windows', /Windows/],
  ['Mac', /Mac/],
  ['Linux', /Linux/],
]);
const browsers = /** @type {const} */ ([
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
]);

/**
 * What a device may be called until its person says otherwise: `iPhone, Safari`.
 * @param {string} userAgent
 */
export function guessDeviceName(userAgent) {
  return [systems, browsers]
    .map((known) => known.find(([, pattern]) => pattern.test(userAgent))?.[0])
    .filter((name) => name !== undefined)
    .join(', ');
}
