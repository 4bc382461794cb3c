// Light, dark or as the system says; the inline script of index.html applies the same choice before first paint.
import { createSignal } from 'solid-js';

export type Theme = 'light' | 'dark' | 'system';

const themeKey = 'theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const [theme, setThemeSignal] = createSignal<Theme>(storedTheme());

export { theme };

const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

export function switchTheme(): void {
  const chosen = next[theme()];
  localStorage.setItem(themeKey, chosen);
  setThemeSignal(chosen);
  apply();
}

systemDark.addEventListener('change', apply);

function apply(): void {
  const dark = theme() === 'dark' || (theme() === 'system' && systemDark.matches);
  document.documentElement.classList.toggle('dark', dark);
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(themeKey);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
