// `stockbook pause`, `resume` and `stop`: what a person asks of the active run; and `stockbook auto on|off`.
import { defineCommand, noWords, type Outcome, ready, type Session, usage } from '../command.ts';
import { pauseRun, resumeRun, setAutoSync, stopRun } from '../documents/run-control.ts';
import { statusQuery } from '../documents/status.ts';
import { granted } from '../granted.ts';
import { Sentence } from '../sentence.ts';

type Ask = 'pause' | 'resume' | 'stop';

const documents = { pause: pauseRun, resume: resumeRun, stop: stopRun };

function asking(words: Ask, summary: string, done: string) {
  return defineCommand<Ask>({
    words,
    takes: '',
    summary,
    options: {},
    read: (given) => noWords(given) ?? ready(words),
    run: (session, ask) => askActive(session, ask, done),
  });
}

export const pause = asking(
  'pause',
  'Pauses the active run; calls in flight settle first.',
  'is asked to pause',
);
export const resume = asking('resume', 'Lets a paused run go on.', 'goes on');
export const stop = asking(
  'stop',
  'Stops the active run and switches automatic sync off; what was not sent waits for the next.',
  'is asked to stop',
);

async function askActive({ api }: Session, ask: Ask, done: string): Promise<Outcome> {
  const { activeRun, connection } = await api.ask(statusQuery);
  if (activeRun === null) throw new Sentence('No run is active.');
  const run = granted(await api.ask(documents[ask], { input: { id: activeRun.id } }));
  const switched = ask === 'stop' && connection.autoSync ? `\n${switchedOff}` : '';
  return { exitCode: 0, json: { run }, text: `Run ${run.id} ${done}.${switched}` };
}

const switchedOff =
  'Automatic sync is switched off: nothing goes until you say `stockbook sync` or `stockbook auto on`.';

export const auto = defineCommand<boolean>({
  words: 'auto',
  takes: 'on | off',
  summary: 'Switches automatic sync: runs open by themselves when something waits. It is off at first.',
  options: {},
  read: (given) =>
    given.words.length === 1 && (given.words[0] === 'on' || given.words[0] === 'off')
      ? ready(given.words[0] === 'on')
      : usage('Say `stockbook auto on` or `stockbook auto off`.'),
  run: async ({ api }, on) => {
    const { autoSync } = granted(await api.ask(setAutoSync, { input: { on } }));
    return { exitCode: 0, json: { autoSync }, text: `Automatic sync is ${autoSync ? 'on' : 'off'}.` };
  },
});
