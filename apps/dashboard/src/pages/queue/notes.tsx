// What is so of the queue as a whole, wherever the records stand in it that it concerns.
import { Index } from 'solid-js';
import { useFrame } from '../shell/frame.ts';
import { changedInXero, type Obstacle, outcomeUnknown } from '../shell/obstacle.ts';
import { ObstacleNote } from '../shell/obstacle-note.tsx';
import type { QueueFilter } from './model.ts';

/** `state` is what alone is shown: of records to choose for each row then says so itself, and the banner tells of a lost connection. */
export function QueueNotes(props: { state: QueueFilter['state'] }) {
  const { status, obstacle } = useFrame();
  const notes = (): Obstacle[] => {
    const known = status.data?.status;
    const found = obstacle();
    return [
      found?.kind === 'lost' ? undefined : found,
      known && outcomeUnknown(known, found),
      known && props.state !== 'CONFLICT' ? changedInXero(known) : undefined,
    ].filter((note) => note !== undefined);
  };
  return (
    <Index each={notes()}>
      {(note) => (
        <div class="mb-4">
          <ObstacleNote obstacle={note()} />
        </div>
      )}
    </Index>
  );
}
