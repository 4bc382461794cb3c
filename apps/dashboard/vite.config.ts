// Builds the dashboard to dist, which the API serves; `vite` alone develops against an API on API_URL.
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const target = process.env.API_URL ?? 'http://localhost:4000';
const proxied = Object.fromEntries(['/auth', '/xero', '/loads'].map((path) => [path, { target }]));

export default defineConfig({
  plugins: [solid(), tailwind()],
  server: { proxy: { ...proxied, '/graphql': { target, ws: true } } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, manifest: true },
});
