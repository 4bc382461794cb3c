// What no client should send, piece by piece: JSON values as text, whole bodies, filters, file names and headers.

/** JSON values as text, because a parsed one has lost its decimals, its sign of nought and its double members. */
export const hostileJson: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '-0.0', '1', '-1', '1.5', '0.005', '1e400', '-1e400', '1e-400'],
  ...['1e15', '1e21', '99999999999.99', '9007199254740993', '1234567890123456789012345678901234567890'],
  ...['0.1234567890123456789012345678901234567890', '9999999999.99', '-9999999999.99', '2147483648'],
  ...['""', '" "', '"\\u0000"', '"NaN"', '"Infinity"', '"-0"', '"1,000.00"', '"1e999"', '"1e9999"', '"0x10"'],
  ...['"1e-999"', '"+1"', '"."', '"٣"', '"1234567890123456789012345678901234567890.12"', '"٪"', '"½"'],
  ...['[]', '{}', '[[]]', '[null]', '[1,"a",{}]', '{"a":1}', '{"toString":1,"valueOf":1}', '{"length":-1}'],
  ...['{"__proto__":{"x":1}}', '{"constructor":{"prototype":1}}', '{"toJSON":1}', '{"then":1}'],
  ...['"__proto__"', '"constructor"', '"hasOwnProperty"', '"undefined"', '"null"'],
  ...[
    '"\\ud800"',
    '"\\udfff\\ud800"',
    '"👩‍👩‍👧‍👦"',
    '"ﷺ"',
    '"\\u202Eabc"',
    '"a\\r\\nb"',
    '"e\\u0301"',
    '"İ"',
    '"ß"',
  ],
  ...['"<script>alert(1)</script>"', '"\'; drop table x; --"', '"{{7*7}}"', '"%00%ff"', '"../../etc/passwd"'],
  ...['"2026-02-30"', '"2026-13-01"', '"0000-00-00"', '"0001-01-01"', '"0099-12-31"', '"9999-12-31"'],
  ...['"10000-01-01"', '"-0001-01-01"', '"2026-01-01T25:61:61Z"', '"2026-01-01T00:00:00+99:99"'],
  ...['"9999-12-31T23:59:59-12:00"', '"0001-01-01T00:00:00+14:00"', '"31/12/2026"', '"today"', '20260101'],
  ...['"/Date(1573755038314)/"', '"\\/Date(1573755038314+0000)\\/"', '"/Date(8640000000000000)/"'],
  ...['"/Date(-62135596800000)/"', '"/Date(-99999999999999)/"', '"/Date(99999999999999999999)/"'],
  ...['"/Date(253402300800000)/"', '"/Date(NaN)/"', '"/Date(1e3)/"', '"/Date()/"', '"/Date(0+9999)/"'],
  ...['"00000000-0000-0000-0000-000000000000"', '"not-a-guid"', '"{$INVOICE$}"', '"$INVOICE$"', '"$ITEM$"'],
  ...['"$CONTACT$"', '"$CREDIT$"', '"$ACCOUNT$"', '"$TENANT$"', '"$PAYMENT$"', '"$OVERPAYMENT$"'],
  ...['"DRAFT"', '"AUTHORISED"', '"VOIDED"', '"DELETED"', '"PAID"', '"POSTED"', '"ARCHIVED"', '"ACTIVE"'],
  ...['"ACCREC"', '"ACCPAY"', '"ACCPAYCREDIT"', '"SPEND"', '"INVENTORY"', '"BANK"', '"NONE"', '"OUTPUT2"'],
  ...['"EUR"', '"XXX"', '"gbp"', '"630"', '"200"', '"610"', '"800"', '"090"', '"T-1"', '"U-1"', '"USD"'],
  ...['"Inclusive"', '"NoTax"', '"http://"', '"javascript:alert(1)"', '"https://example.com/a b"', '"a@b"'],
  `"${'x'.repeat(256)}"`,
  `"${'x'.repeat(4_001)}"`,
  `"${'ü'.repeat(70_000)}"`,
  `"${'9'.repeat(4_000)}"`,
  ...[40, 3_000, 30_000].flatMap((depth) => [nestedList(depth), nestedObject(depth)]),
  `[${'{},'.repeat(600)}{}]`,
  `[${'null,'.repeat(3_000)}1]`,
];

/** Whole bodies that are no JSON, or JSON of no use. */
export const hostileBodies: readonly Buffer[] = [
  ...['', ' ', '\n', 'null', 'true', '0', '"x"', '[]', '{}', '[[]]', '[{}]', '[null]', '{', '}', '[', '{"'],
  ...['{"Invoices":', '{"Invoices":[', '{"Invoices":[{}', '{"Invoices":[{},]}', '{"Invoices":{}}{}', '{,}'],
  ...["{'Name':'x'}", '{Name:1}', '{"Name":NaN}', '{"Name":undefined}', '{"a":1,}', '// x\n{}', '{"a":01}'],
  ...[
    '{"Items":[null]}',
    '{"Items":[1]}',
    '{"Items":"x"}',
    '{"Items":0}',
    '{"Items":[[[]]]}',
    '{"Items":null}',
  ],
  ...['{"__proto__":[{}]}', '{"constructor":1}', '{"Contacts":[{"__proto__":1}]}', '{"\\u0000":1}'],
  ...['<Invoices><Invoice/></Invoices>', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ...['a=1&b=2', 'Invoices[0][Type]=ACCREC', '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--'],
  '[]'.repeat(1_000),
  nestedList(100_000),
  `{"Contacts":${nestedList(100_000)}}`,
  nestedObject(60_000),
  '['.repeat(200_000),
  '{"a":'.repeat(60_000),
  `{"Contacts":[${'{},'.repeat(500)}{}]}`,
  `{"Items":[${'{"Code":"x"},'.repeat(499)}{"Code":"y"}]}`,
  `{"Invoices":[{"LineItems":[${'{},'.repeat(5_000)}{}]}]}`,
  `{"Contacts":[{"Name":"${'n'.repeat(1_000_000)}"}]}`,
  `"${'x'.repeat(2_000_000)}"`,
]
  .map((text) => Buffer.from(text))
  .concat([
    Buffer.from('\ufeff{"Contacts":[{"Name":"With a mark"}]}'),
    Buffer.from('{"Contacts":[{"Name":"In sixteen bits"}]}', 'utf16le'),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    Buffer.from('7b224e616d65223a22c328ff80227d', 'hex'),
    Buffer.from('{"Contacts":[{"Name":"Caf\xe9 \xff\xc0\xaf"}]}', 'latin1'),
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0]),
    Buffer.alloc(4_096),
    Buffer.alloc(11 * 1024 * 1024, 0x20),
  ]);

function nestedList(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function nestedObject(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** Words of which filters are made, in an order that seldom makes sense. */
export const filterWords: readonly string[] = [
  ...['Status', 'Type', 'Name', 'Date', 'Total', 'AmountDue', 'Contact.Name', 'InvoiceID', 'Contact'],
  ...['UpdatedDateUTC', 'Code', 'IsSold', 'Nothing', 'constructor', '__proto__', 'toString', 'Name.Length'],
  ...['==', '=', '!=', '<', '>=', '<>', 'AND', 'OR', '&&', '||', '!', 'not', '(', ')', '.', ',', '"', "'"],
  ...['"a"', "'a'", '1', '-1', '1e400', '0x1', '1.5.5', 'null', 'true', 'false', '"\\"', '\\', ';', '🦊'],
  ...['DateTime(2026,01,01)', 'DateTime(2026,13,40)', 'DateTime(0,0,0)', 'DateTime()', 'DateTime("x")'],
  ...['DateTime(2026,1,1,99,99,99)', 'DateTime(1e9,1,1)', 'Guid("x")', 'Guid("$INVOICE$")', 'Guid()'],
  ...['.Contains("a")', '.StartsWith()', '.ToLower()', '.Trim().Trim()', '.Nothing("x")', '.ToString(1,2)'],
  ...['{', '}', '[', ']', '[0]', 'x => x', '?', ':', '+', '*', '%', '\u0000', '\r\n', '\t', 'ﷺ', '\u202e'],
];

export const hostileFilters: readonly string[] = [
  ...['', ' ', '"', "'", '"""', '(', ')', '((', '()', 'a', '==', '1', 'null', 'true', 'Status', 'Status=='],
  ...['Status=="', "Status=='AUTHORISED'", 'Status=="a" AND', 'AND Status=="a"', 'Status==Status', '!Status'],
  ...['Status=="AUTHORISED" AND Type=="ACCREC"', 'Total>1', 'Total=="1"', 'Date>=DateTime(2026,01,01)'],
  ...['Name.Contains("a")', 'Name!=null&&Name.Contains("A")', 'Date=="2026-02-30"', 'Date=="x"', 'Code==1'],
  `${'('.repeat(7_000)}Status=="a"${')'.repeat(7_000)}`,
  '('.repeat(14_000),
  '!'.repeat(14_000),
  `Name${'.ToLower()'.repeat(1_300)}=="a"`,
  'Name=="a"OR '.repeat(1_100),
  `Name=="${'a'.repeat(14_000)}"`,
  `Name=="${'\\'.repeat(5_000)}"`,
  `${'Nothing.'.repeat(1_700)}a==1`,
];

export const hostileOrders: readonly string[] = [
  ...[
    '',
    ' ',
    ',',
    ',,',
    'Name',
    'Name ASC',
    'Name DESC',
    'name desc',
    'Name UP',
    'Name DESC DESC',
    'Nothing',
  ],
  ...['Date,Name', 'Date DESC,', '__proto__', 'constructor ASC', 'Name;', '"Name"', '1', 'Contact.Name DESC'],
  'Name,'.repeat(2_800),
];

/** Of pages, sizes, offsets and days. */
export const hostileNumbers: readonly string[] = [
  ...[
    '',
    '0',
    '-1',
    '1',
    '2',
    '1e9',
    '1000000000',
    '99999999999999999999',
    '1.5',
    'NaN',
    'text',
    '0x10',
    '+1',
  ],
  ...[' 1', '1 ', '٣', '-0', 'null', '1,2', '1;2', '\u0000', '1e-9', 'Infinity', '100', '1000', '1001'],
];

export const hostileLists: readonly string[] = [
  ...['', ',', ',,,', 'x', '$INVOICE$', '{$INVOICE$}', '$INVOICE$,x', 'AUTHORISED,PAID', 'authorised', '"a"'],
  ...['null', '%', 'a b', '__proto__', '00000000-0000-0000-0000-000000000000'],
  '$INVOICE$,'.repeat(300),
];

/** Before they are percent-encoded. */
export const hostileNames: readonly string[] = [
  ...['a.txt', '.', '..', ' ', 'a b.pdf', 'a/b.txt', 'a\\b.txt', '../../etc/passwd', 'C:\\x.txt', 'a<b>.txt'],
  ...[
    'a"b.txt',
    'a|b',
    'a?b.txt',
    'a*b',
    'a:b',
    'a+b.txt',
    'a\u0000b.txt',
    'a\r\nX-Evil: 1.txt',
    '\r\n',
    '\t',
  ],
  ...[
    'ünïcödé.pdf',
    '文件.pdf',
    '👩‍👩‍👧‍👦.png',
    '\u202Efdp.exe',
    'e\u0301.txt',
    'x.exe',
    'x.EXE',
    'x.js',
    'noending',
  ],
  ...[
    '.htaccess',
    'a.',
    'con.txt',
    '$INVOICE$',
    '[a].txt',
    '(a).txt',
    '%00.txt',
    '%2e%2e',
    'a;b=c.txt',
    '#a',
  ],
  `${'n'.repeat(300)}.txt`,
  'ü'.repeat(300),
  `${'.'.repeat(300)}txt`,
];

export const mediaTypes: readonly string[] = [
  ...['application/json', 'application/json; charset=utf-8', 'application/json; charset=utf-16', 'text/json'],
  ...['text/plain', 'text/xml', 'application/xml', 'application/x-www-form-urlencoded', 'text/html', ''],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'image/png',
    'application/octet-stream',
    '*/*',
  ],
  ...['x', '/', ';', 'application/', 'a/b; c="', 'application/json, text/xml', 'application/vnd.api+json'],
  `text/${'x'.repeat(4_000)}`,
];
