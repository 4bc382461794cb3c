// The entries of the navigation, the same for the sidebar and the bottom bar.

import type { LucideIcon } from 'lucide-solid';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import FileUp from 'lucide-solid/icons/file-up';
import History from 'lucide-solid/icons/history';
import LayoutDashboard from 'lucide-solid/icons/layout-dashboard';
import ListOrdered from 'lucide-solid/icons/list-ordered';
import Plug from 'lucide-solid/icons/plug';
import type { Status } from './query.ts';

export interface Entry {
  href: string;
  label: string;
  icon: LucideIcon;
  /** How many wait there; nothing is drawn at 0. */
  count?: (status: Status) => number;
  alarming?: boolean;
}

export const watching: readonly Entry[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard },
  {
    href: '/queue',
    label: 'Queue',
    icon: ListOrdered,
    count: (status) => status.pending + status.held + status.conflicts + status.claimed,
  },
  { href: '/errors', label: 'Errors', icon: CircleAlert, count: (status) => status.rejected, alarming: true },
  { href: '/history', label: 'History', icon: History },
];

export const settingUp: readonly Entry[] = [
  { href: '/import', label: 'Import CSV', icon: FileUp },
  { href: '/connect', label: 'Xero connection', icon: Plug },
];
