// Writes an online-retail file of any length, the same for the same length: about 20 rows a document, credits and corrections among them.

const loadFileColumns = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

const items = 4000;
const customers = 4300;
const chunkBytes = 64 * 1024;

/** The text of a file with a header and `rows` rows, in pieces of about 64 KB. */
export function* loadFile(rows: number): Generator<string> {
  const random = createRandom(20_101_201);
  let text = `${loadFileColumns}\n`;
  let written = 0;
  for (let number = 600_000; written < rows; number += 1) {
    const document = documentRows(number, random);
    for (const row of document.slice(0, rows - written)) text += row;
    written += Math.min(document.length, rows - written);
    if (text.length < chunkBytes) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function documentRows(number: number, random: (below: number) => number): string[] {
  const turn = random(100);
  const kind = turn < 11 ? 'adjustment' : turn < 24 ? 'credit' : 'invoice';
  const length = kind === 'invoice' ? 1 + random(53) : 1 + random(3);
  const customer = `${12_000 + random(customers)}.0`;
  const country = random(10) === 0 ? 'France' : 'United Kingdom';
  const day = String(1 + random(28)).padStart(2, '0');
  const time = `2011-${String(1 + random(12)).padStart(2, '0')}-${day} 1${random(10)}:${10 + random(50)}:00`;
  return Array.from({ length }, () => {
    const item = 20_000 + random(items);
    const quantity = kind === 'credit' ? -1 - random(12) : 1 + random(48);
    const price = kind === 'adjustment' ? '0.0' : `${random(20)}.${10 + random(90)}`;
    const no = kind === 'credit' ? `C${number}` : String(number);
    return `${no},${item},"PAPER LANTERN, SIZE ${item}",${quantity},${time},${price},${customer},${country}\n`;
  });
}

/** A linear congruential generator: the file must not differ from run to run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
