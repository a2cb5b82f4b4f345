/** The global that auth0-spa-js makes when it is loaded as a script. */
declare const auth0: typeof import('@auth0/auth0-spa-js');
