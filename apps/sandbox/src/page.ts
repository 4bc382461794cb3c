// The frame of the pages for people: plain HTML with one small style sheet, light and dark.

/** A page; `body` is HTML already; wide ones are for tables. */
export function page(title: string, body: string, width: 'narrow' | 'wide' = 'narrow'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body><main class="${width}">${body}</main></body>
</html>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const style = `
:root { color-scheme: light dark; --text: #16202b; --quiet: #4a5866; --line: #cdd5dd; --ground: #f4f6f8; --card: #ffffff; --accent: #0b5cad; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8edf2; --quiet: #a9b6c3; --line: #3a4653; --ground: #11171d; --card: #1a222b; --accent: #7db8f0; --on: #0b1621; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
main.wide { max-width: 80rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.5rem; margin-top: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; }
.quiet { color: var(--quiet); }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: .5rem 1rem 1rem; }
label { display: block; padding: .35rem 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem; }
button { font: inherit; padding: .6rem 1.2rem; border-radius: 6px; border: 1px solid var(--accent); background: var(--card); color: var(--accent); cursor: pointer; }
button.main { background: var(--accent); color: var(--on); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
time, .whole { white-space: nowrap; }
td.number + td:not(.number), th.number + th:not(.number) { padding-left: 1rem; }
.facts th { width: 11rem; }
@media (max-width: 40rem) { .facts th { width: 30%; } }
.card > :first-child, .card > #live > :first-child { margin-top: 0; }
td.number, th.number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: 1rem; }
nav a[aria-current] { font-weight: 600; text-decoration: none; color: var(--text); }
.scroll { overflow-x: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85em; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
`;
