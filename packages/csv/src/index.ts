// Files: reading CSV text, and the templates that say what its rows mean.

export { type FileFault, fileBytesMax } from './fault.ts';
export { type CsvRow, type Read, readCsv } from './read.ts';
export type {
  Adjustment,
  ItemMention,
  NameSource,
  Parsed,
  Party,
  Reason,
  Rejected,
  Sale,
  SaleLine,
  SourceRow,
  Template,
} from './template.ts';
export { templateOf, templates } from './templates.ts';
