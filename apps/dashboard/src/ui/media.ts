// Whether a media query holds, as an accessor that follows the window.
import { type Accessor, createSignal, onCleanup } from 'solid-js';

export function createMedia(query: string): Accessor<boolean> {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  const update = () => setMatches(media.matches);
  media.addEventListener('change', update);
  onCleanup(() => media.removeEventListener('change', update));
  return matches;
}
