// Marks what belongs to Xero; a plain disc with its name, not its logo.
import clsx from 'clsx';

export function XeroMark(props: { small?: boolean }) {
  return (
    <span
      aria-hidden="true"
      class={clsx(
        'flex shrink-0 items-center justify-center rounded-full bg-[#0b6fa4] font-bold tracking-tight text-white',
        props.small === true ? 'size-7 text-[0.625rem]' : 'size-12 text-sm',
      )}
    >
      xero
    </span>
  );
}
