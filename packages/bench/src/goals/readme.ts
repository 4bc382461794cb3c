// The README's section of results: picture and short table between two comments, written anew by each run that is saved.
import { figure } from '../table.ts';
import type { Goals } from './goal.ts';

export const beginMark = '<!-- results: npm run bench -- --save writes from here -->';
export const endMark = '<!-- to here -->';

/** The README's text with the section of this run in place of the one before. Throws where a mark is missing. */
export function readmeWith(text: string, goals: Goals): string {
  const from = text.indexOf(beginMark);
  const to = text.indexOf(endMark);
  if (from < 0 || to < from)
    throw new Error(`README.md must hold the lines '${beginMark}' and '${endMark}', in this order.`);
  const head = text.slice(0, from + beginMark.length);
  return `${head}\n\n${sectionOf(goals)}\n\n${text.slice(to)}`;
}

function sectionOf({ machine, rows }: Goals): string {
  const missed = rows.filter(({ ok }) => !ok).length;
  const met =
    missed === 0
      ? 'All goals are met.'
      : `${missed} of ${rows.length} goals ${missed === 1 ? 'is' : 'are'} missed.`;
  return [
    '## How fast it is',
    '',
    '![Documents a minute at Xero’s limits, beside three loops](packages/bench/results/documents-per-minute.svg)',
    '',
    `Measured on ${machine.at} on ${machine.hardware}, each beside its baseline in the same run. ${met}`,
    'Baselines, spreads and parts stand in [the whole table](packages/bench/results/goals.md); `npm run bench` measures anew.',
    '',
    '| | measure | value | goal | met |',
    '|---|---|---:|---|---|',
    ...rows.map((row) => {
      const cells = [row.id, row.measure, figure(row.value), row.goal, row.ok ? 'yes' : 'no'];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}
