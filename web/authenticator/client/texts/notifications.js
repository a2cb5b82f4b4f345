/** Words of notifications. A service worker loads no module later on, so all languages are here. */
const texts = {
  en: {
    title: 'Are you signing in to ${application}?',
    open: 'Open this to answer.',
    over: 'The request of ${application} is over',
  },
  de: {
    title: 'Melden Sie sich bei ${application} an?',
    open: 'Zum Antworten öffnen.',
    over: 'Die Anfrage von ${application} ist vorbei',
  },
  es: {
    title: '¿Estás iniciando sesión en ${application}?',
    open: 'Ábrelo para responder.',
    over: 'La solicitud de ${application} ha terminado',
  },
  fr: {
    title: 'Vous connectez-vous à ${application}\u00A0?',
    open: 'Ouvrez pour répondre.',
    over: 'La demande de ${application} est terminée',
  },
  pt: {
    title: 'Você está entrando em ${application}?',
    open: 'Abra para responder.',
    over: 'O pedido de ${application} terminou',
  },
  ja: {
    title: '${application} にサインインしていますか？',
    open: '開いて回答してください。',
    over: '${application} のリクエストは終了しました',
  },
};

/**
 * Words of a notification about a request.
 * @param {string} language
 * @param {string} application its name
 */
export function notificationTexts(language, application) {
  const { title, open, over } = Object.hasOwn(texts, language)
    ? texts[/** @type {keyof typeof texts} */ (language)]
    : texts.en;
  const fill = (/** @type {string} */ words) => words.split('${application}').join(application);
  return { title: fill(title), open, over: fill(over) };
}
