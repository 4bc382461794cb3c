// Stands where a page broke: the rest of the screen goes on.
import { Problem } from './shown.tsx';

export function Broken(props: { failure: unknown }) {
  const words = () => (props.failure instanceof Error ? props.failure.message : String(props.failure));
  return (
    <Problem message={`This page broke: ${words()}. Reload it; if it breaks again, report these words.`} />
  );
}
