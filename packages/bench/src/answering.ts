// How a process of the bench works: each message tells it what to do, its answer is what came of that, and it ends when its starter does.

/** An error ends the process, with the words on standard error. */
export function answerMessages<Told, Done>(work: (told: Told) => Promise<Done>): void {
  process.on('message', (told: Told) => {
    work(told).then(
      (done) => process.send?.(done),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
}
