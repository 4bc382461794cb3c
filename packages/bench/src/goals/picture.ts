// The picture of documents a minute: Stockbook, the perfectly paced loop, one document a call, and the loop that sleeps two seconds.

export interface Bar {
  name: string;
  perMinute: number;
}

const width = 760;
const rowHeight = 44;
const left = 250;
const right = 90;

/** An SVG with a bar for each loop; it takes its colours from the reader's light or dark. */
export function pictureOf(title: string, bars: readonly Bar[]): string {
  const height = 56 + bars.length * rowHeight;
  const most = Math.max(...bars.map(({ perMinute }) => perMinute));
  const style = [
    'text{font:14px system-ui,sans-serif;fill:#1f2933}.bar{fill:#7b8794}.ours{fill:#0f7b6c}',
    '@media (prefers-color-scheme:dark){text{fill:#e4e7eb}.bar{fill:#9aa5b1}.ours{fill:#3ebd93}}',
  ].join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    `<text x="0" y="22" font-weight="600">${escaped(title)}</text>`,
    ...bars.map((bar, row) => barOf(bar, row, most)),
    '</svg>',
    '',
  ].join('\n');
}

function barOf({ name, perMinute }: Bar, row: number, most: number): string {
  const y = 44 + row * rowHeight;
  const length = Math.max(1, ((width - left - right) * perMinute) / most);
  const figure = Math.round(perMinute).toLocaleString('en-GB');
  return [
    `<text x="0" y="${y + 20}">${escaped(name)}</text>`,
    `<rect class="bar${row === 0 ? ' ours' : ''}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="28" rx="3"/>`,
    `<text x="${(left + length + 8).toFixed(1)}" y="${y + 20}">${figure}</text>`,
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
