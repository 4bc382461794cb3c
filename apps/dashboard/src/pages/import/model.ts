// Which of the chosen files can be sent, and why not the others.

export const fileMaxBytes = 500 * 1024 * 1024;

export interface Chosen {
  name: string;
  size: number;
}

/** Undefined when the file may go; the server checks its content. */
export function problemOf(file: Chosen): string | undefined {
  if (file.size === 0) return 'It is empty.';
  if (file.size > fileMaxBytes) return 'It is over 500 MB: split it.';
  return undefined;
}

/** Adds files without doubling one that was chosen before; in the order of their names, as they are read. */
export function addFiles<F extends Chosen>(chosen: readonly F[], added: readonly F[]): F[] {
  const fresh = added.filter(
    (file) => !chosen.some((known) => known.name === file.name && known.size === file.size),
  );
  return [...chosen, ...fresh].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
