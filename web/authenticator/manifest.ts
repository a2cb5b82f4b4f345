/** What a browser needs to install the app (Web Application Manifest). */
export const manifest = {
  id: '/authenticator/',
  name: 'Countersign Authenticator',
  short_name: 'Authenticator',
  description: 'Approves your sign-ins and makes one-time codes.',
  start_url: '/authenticator/',
  scope: '/authenticator/',
  display: 'standalone',
  launch_handler: { client_mode: ['navigate-existing', 'auto'] },
  background_color: '#104f49',
  theme_color: '#104f49',
  categories: ['security', 'utilities'],
  icons: [
    { src: '/authenticator/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/authenticator/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/authenticator/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    {
      src: '/authenticator/icons/maskable-192.png',
      sizes: '192x192',
      type: 'image/png',
      purpose: 'maskable',
    },
    {
      src: '/authenticator/icons/maskable-512.png',
      sizes: '512x512',
      type: 'image/png',
      purpose: 'maskable',
    },
  ],
} as const;
