// Component tests of the dashboard, in jsdom.
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [solid()],
  test: { name: 'dashboard', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
