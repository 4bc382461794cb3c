// The files that can be attached, by the ending of their names: the list Xero published, and its media types (XERO.md 8).

const types: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  odf: 'application/vnd.oasis.opendocument.formula',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  rar: 'application/vnd.rar',
  rtf: 'application/rtf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

export function typeOf(name: string): string {
  return types[endingOf(name)] ?? 'application/octet-stream';
}

export function isListed(name: string): boolean {
  return Object.hasOwn(types, endingOf(name));
}

export function isProgram(name: string): boolean {
  return programs.has(endingOf(name));
}

function endingOf(name: string): string {
  return name.split('.').at(-1)?.toLowerCase() ?? '';
}

const programs: ReadonlySet<string> = new Set(['exe', 'bat', 'cmd', 'com', 'js', 'msi', 'scr', 'vbs']);
