// A document as a PDF of one page, for calls that accept application/pdf (XERO.md 5).
import { fixed } from '../exact.ts';
import type { Organisation } from '../organisation.ts';
import type { Reply } from '../reply.ts';
import type { Document } from './document.ts';
import type { Family } from './family.ts';

const linesMax = 40;

export function documentPdf(organisation: Organisation, family: Family, document: Document): Reply {
  const body = Buffer.from(pdfText(pageLines(organisation, family, document)), 'latin1');
  return { status: 200, body, contentType: 'application/pdf' };
}

function pageLines(organisation: Organisation, family: Family, document: Document): string[] {
  const contact = organisation.contacts.get(document.contact)?.name ?? '';
  const amounts = document.lines
    .slice(0, linesMax)
    .map((line) => `${line.description}   ${fixed(line.amount, 2)}`);
  return [
    `${organisation.record.name}   ${family.envelope.slice(0, -1)} ${document.number}`,
    `${contact}   ${document.date}`,
    ...amounts,
    `Tax ${fixed(document.tax, 2)}   Total ${document.currency} ${fixed(document.total, 2)}`,
  ];
}

/** The four objects of a page of text, and where each of them begins. */
function pdfText(lines: readonly string[]): string {
  const shown = lines.map((line) => `(${latin(line)}) Tj T*`).join('\n');
  const stream = `BT /F1 10 Tf 14 TL 50 790 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  return `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}

/** The font has Latin letters only; brackets and backslashes are escaped. */
function latin(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').replace(/[\\()]/g, '\\$&');
}
