// What a person asks of a run, and automatic sync.
import { z } from 'zod';
import { defineDocument, mutationResult, refusalFields } from './document.ts';
import { runFields, runShape } from './run.ts';

function asking(mutation: 'pauseRun' | 'resumeRun' | 'stopRun', input: string) {
  return defineDocument(
    `mutation ($input: ${input}!) { result: ${mutation}(input: $input) { ${refusalFields} ... on Run { ${runFields} } } }`,
    mutationResult(runShape),
  );
}

export const pauseRun = asking('pauseRun', 'PauseRunInput');
export const resumeRun = asking('resumeRun', 'ResumeRunInput');
export const stopRun = asking('stopRun', 'StopRunInput');

export const setAutoSync = defineDocument(
  `mutation ($input: SetAutoSyncInput!) { result: setAutoSync(input: $input) { ${refusalFields} ... on Connection { autoSync } } }`,
  mutationResult(z.object({ autoSync: z.boolean() })),
);
