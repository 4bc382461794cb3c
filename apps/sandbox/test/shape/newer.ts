// What the sandbox answers although the specification does not have it, each with the newer source that has it.

type Addition = {
  readonly schemas: readonly string[];
  readonly member: string;
  readonly is: unknown;
  readonly source: string;
};

const number = { type: 'number' };
const text = { type: 'string' };

export const additions: readonly Addition[] = [
  { schemas: ['Item'], member: 'QuantityAvailable', is: number, source: 'xero-node 19.1.0, XERO.md 6' },
  { schemas: ['Item'], member: 'QuantityOnBackOrder', is: number, source: 'xero-node 19.1.0, XERO.md 6' },
  {
    schemas: ['Invoice'],
    member: 'RoundingAmount',
    is: number,
    source: 'xero-node 19.2.0, XERO.md 7.2',
  },
  { schemas: ['Invoice'], member: 'EnteredTotal', is: number, source: 'xero-node 19.2.0, XERO.md 7.2' },
  {
    schemas: ['ValidationError'],
    member: 'Description',
    is: text,
    source: 'one example of the requests and responses page, XERO.md 4.2',
  },
  {
    schemas: ['CreditNote'],
    member: 'DueDateString',
    is: text,
    source: 'the twin of DueDate in real answers, XERO.md 5',
  },
  {
    schemas: ['BatchPayment', 'BankTransfer', 'Receipt', 'RepeatingInvoice'],
    member: 'StatusAttributeString',
    is: text,
    source: 'asked for by summarizeErrors=false, XERO.md 4.2',
  },
];

/** Addresses that the specification does not have any more, and what they answer with. */
export const olderPaths = {
  '/Employees': { get: employees(), put: employees(), post: employees() },
  '/Employees/{EmployeeID}': { get: employees(), post: employees() },
};

/** Removed from the specification in 13.0.0; xero-node 20 keeps the model (XERO.md 12). */
function employees(): Readonly<Record<string, unknown>> {
  return { 200: { $ref: '#/components/schemas/Employees.body' } };
}

export const olderSchemas = {
  Employees: {
    type: 'object',
    properties: { Employees: { type: 'array', items: { $ref: '#/components/schemas/Employee' } } },
  },
  Employee: {
    type: 'object',
    properties: {
      EmployeeID: { type: 'string', format: 'uuid' },
      Status: text,
      FirstName: text,
      LastName: text,
      ExternalLink: { type: 'object', properties: { Url: text } },
      UpdatedDateUTC: { type: 'string', 'x-is-msdate-time': true },
      StatusAttributeString: text,
      ValidationErrors: { type: 'array', items: { $ref: '#/components/schemas/ValidationError' } },
    },
  },
};
