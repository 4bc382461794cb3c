// What the shell keeps for every page: viewer, status and entities, read once and kept fresh.
import { createComputed, createContext, createMemo, useContext } from 'solid-js';
import { createSecondMs, hearClock } from '../../clock.ts';
import { createLiveQuery, type LiveQuery } from '../../gql.ts';
import { createFreshness, hasTopic } from '../../live.ts';
import { type Obstacle, obstacleOf } from './obstacle.ts';
import {
  type EntityRow,
  entitiesDocument,
  type Status,
  statusDocument,
  type ViewerRow,
  viewerDocument,
} from './query.ts';

/** How many records there are changes seldom, while hints of a sync come all the time. */
const countsMs = 3_000;

export interface Frame {
  viewer: LiveQuery<{ viewer: ViewerRow }>;
  status: LiveQuery<{ status: Status }>;
  entities: LiveQuery<{ entities: EntityRow[] }>;
  /** What keeps everything from going just now; its words count down by the second. */
  obstacle: () => Obstacle | undefined;
}

const FrameContext = createContext<Frame>();
export const FrameProvider = FrameContext.Provider;

export function createFrame(): Frame {
  const none = () => ({});
  const viewer = createLiveQuery(viewerDocument, none);
  const status = createLiveQuery(statusDocument, none);
  const entities = createLiveQuery(entitiesDocument, none);
  createFreshness(
    (hint) =>
      hint.ids.length > 0 || hasTopic(hint, 'queue', 'run', 'record', 'connection', 'load', 'refused'),
    status.refetch,
  );
  createFreshness((hint) => hasTopic(hint, 'load', 'connection', 'record'), entities.refetch, countsMs);
  // Only an answer that is new says what time it is: one from the cache is older than it looks.
  createComputed(() => {
    const known = status.data?.status;
    if (known !== undefined) hearClock(known.now, known.clockScale);
  });
  const secondMs = createSecondMs();
  const obstacle = createMemo(() => {
    const known = status.data?.status;
    return known === undefined ? undefined : obstacleOf(known, secondMs());
  });
  return { viewer, status, entities, obstacle };
}

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (frame === undefined) throw new Error('useFrame needs the shell above it');
  return frame;
}
