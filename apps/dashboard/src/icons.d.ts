// Some icons of lucide (aliases) have no type file of their own; deep imports keep the other two thousand out of the build.
declare module 'lucide-solid/icons/*' {
  import type { LucideIcon } from 'lucide-solid';

  const icon: LucideIcon;
  export default icon;
}
