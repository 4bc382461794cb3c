// `stockbook ...`: reads the command line, runs the command, prints one answer and ends with its exit code.
import { createApi } from './api.ts';
import type { Outcome } from './command.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { commands } from './commands.ts';
import { parseEnv } from './env.ts';
import { createProgress } from './progress.ts';
import { Sentence } from './sentence.ts';

const { stdout, stderr } = process;
const line = parseCommandLine(commands, process.argv.slice(2));
const outcome = await answer(line);
if (line.json) await written(stdout, `${JSON.stringify(outcome.json, null, 2)}\n`);
else await written(outcome.complaint ? stderr : stdout, `${outcome.text}\n`);
process.exit(outcome.exitCode);

/** A complaint is no answer to what was asked, so for people it goes to standard error. */
type Answer = Outcome & { complaint?: true };

async function answer(asked: CommandLine): Promise<Answer> {
  if (asked.kind === 'help') return { exitCode: 0, json: { help: asked.text }, text: asked.text };
  if (asked.kind === 'usage') return complaint(2, asked.message);
  const progress = createProgress(stderr, () => performance.now());
  try {
    const env = parseEnv(process.env, process.cwd());
    const api = await createApi(env);
    return await asked.prepared.run({ api, progress, callerFolder: env.callerFolder });
  } catch (error) {
    if (!(error instanceof Sentence)) throw error;
    return {
      exitCode: error.exitCode,
      json: { error: error.message, ...error.details },
      text: error.message,
    };
  } finally {
    progress.end();
  }
}

function complaint(exitCode: 1 | 2, text: string, details: Record<string, unknown> = {}): Answer {
  return { exitCode, json: { error: text, ...details }, text, complaint: true };
}

/** A pipe may take the text in pieces: the process ends only when all of it is gone. */
function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}
