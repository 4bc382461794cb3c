// The faults of a whole file, each saying what is wrong, where, and what to do.

/** 500 MB. */
export const fileBytesMax = 500_000_000;

/** A row longer than this is a quote that was never closed. */
export const rowBytesMax = 100_000;

export interface FileFault {
  kind: 'columns' | 'quoting' | 'encoding' | 'size' | 'empty';
  /** The line where it was found, if there is one. */
  line: number | null;
  message: string;
}

export function emptyFault(): FileFault {
  return {
    kind: 'empty',
    line: null,
    message: 'The file is empty: choose a file with a header line and rows.',
  };
}

export function sizeFault(): FileFault {
  return { kind: 'size', line: null, message: 'The file is over 500 MB: split it into smaller files.' };
}

export function encodingFault(line: number): FileFault {
  return {
    kind: 'encoding',
    line,
    message: `Line ${line} is not UTF-8 text: save the file as CSV UTF-8 and try again.`,
  };
}

/** The header lacks columns or has others; undefined when it is right in any order. */
export function headerFault(header: readonly string[], columns: readonly string[]): FileFault | undefined {
  const missing = columns.filter((column) => !header.includes(column));
  const unknown = header.filter(
    (column, index) => !columns.includes(column) || header.indexOf(column) !== index,
  );
  if (missing.length === 0 && unknown.length === 0) return undefined;
  const faults = [
    ...(missing.length > 0 ? [`lacks ${quoted(missing)}`] : []),
    ...(unknown.length > 0 ? [`has ${quoted(unknown)} which is unknown or there twice`] : []),
  ];
  const message = `The header ${faults.join(' and ')}: line 1 must name exactly ${columns.join(', ')}.`;
  return { kind: 'columns', line: 1, message };
}

export function widthFault(line: number, found: number, expected: number): FileFault {
  return {
    kind: 'columns',
    line,
    message: `Line ${line} has ${found} fields where the header has ${expected}: mend that line and try again.`,
  };
}

export function quotingFault(line: number, tooLong: boolean): FileFault {
  const what = tooLong
    ? `is longer than ${rowBytesMax} bytes, as after a quote that is never closed`
    : 'has a quote that is not closed, or stands where none may be';
  return {
    kind: 'quoting',
    line,
    message: `The row that begins at line ${line} ${what}: put fields that contain quotes in quotes and double the inner ones.`,
  };
}

const namesShown = 12;
const nameLength = 60;

/** Names as a person reads them; a binary file's header is cut short. */
function quoted(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => `“${name.slice(0, nameLength)}”`);
  return names.length > namesShown
    ? `${shown.join(', ')} and ${names.length - namesShown} more`
    : shown.join(', ');
}
