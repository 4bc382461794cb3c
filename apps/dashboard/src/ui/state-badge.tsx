// One vocabulary of states everywhere: icon, word and colour, never colour alone.
import clsx from 'clsx';
import type { LucideIcon } from 'lucide-solid';
import Check from 'lucide-solid/icons/check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import CircleStop from 'lucide-solid/icons/circle-stop';
import Clock from 'lucide-solid/icons/clock';
import GitCompare from 'lucide-solid/icons/git-compare';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Pause from 'lucide-solid/icons/pause';
import Search from 'lucide-solid/icons/search';
import SkipForward from 'lucide-solid/icons/skip-forward';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

export type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad';

interface Look {
  word: string;
  tone: Tone;
  icon: LucideIcon;
  spins?: boolean;
}

const looks: Readonly<Record<string, Look>> = {
  NEW: { word: 'New', tone: 'neutral', icon: CircleDashed },
  PENDING: { word: 'Pending', tone: 'neutral', icon: Clock },
  HELD: { word: 'Held', tone: 'warn', icon: Pause },
  CONFLICT: { word: 'Changed in Xero', tone: 'warn', icon: GitCompare },
  SENDING: { word: 'Sending', tone: 'info', icon: LoaderCircle, spins: true },
  CHECKING: { word: 'Checking', tone: 'info', icon: Search },
  COMPLETED: { word: 'Completed', tone: 'ok', icon: Check },
  WARNING: { word: 'Warning', tone: 'warn', icon: TriangleAlert },
  FAILED: { word: 'Failed', tone: 'bad', icon: CircleAlert },
  SKIPPED: { word: 'Skipped', tone: 'neutral', icon: SkipForward },
  WAITING: { word: 'Waiting', tone: 'neutral', icon: Clock },
  RUNNING: { word: 'Running', tone: 'info', icon: LoaderCircle, spins: true },
  PARKED: { word: 'Parked', tone: 'warn', icon: Pause },
  DONE: { word: 'Done', tone: 'ok', icon: Check },
  STOPPED: { word: 'Stopped', tone: 'neutral', icon: CircleStop },
  RECEIVING: { word: 'Receiving', tone: 'info', icon: LoaderCircle, spins: true },
  WORKING: { word: 'Importing', tone: 'info', icon: LoaderCircle, spins: true },
};

const unknownLook: Look = { word: 'Unknown', tone: 'neutral', icon: CircleDashed };

/** A tone as a soft ground with its own ink. */
export const softTones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-raised text-muted',
  info: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** The word of a state as people read it. */
export function stateWord(state: string): string {
  return (looks[state] ?? unknownLook).word;
}

export function StateBadge(props: { state: string; word?: string }) {
  const look = () => looks[props.state] ?? unknownLook;
  return (
    <Badge tone={look().tone}>
      <Dynamic
        component={look().icon}
        size={13}
        stroke-width={2.25}
        aria-hidden="true"
        class={look().spins === true ? 'animate-spin' : ''}
      />
      {props.word ?? look().word}
    </Badge>
  );
}

export function Badge(props: { tone: Tone; class?: string; children: JSX.Element }) {
  return (
    <span
      class={clsx(
        'inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap',
        softTones[props.tone],
        props.class,
      )}
    >
      {props.children}
    </span>
  );
}
