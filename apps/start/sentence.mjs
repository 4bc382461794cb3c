// An expected failure: one clear sentence for the person at the terminal, and exit code 1 without a stack trace.

export class Sentence extends Error {}

/** Runs a command's main function; a Sentence is printed as it stands, anything else is a bug and keeps its stack. */
export async function orSentence(main) {
  try {
    return await main();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exit(1);
  }
}
