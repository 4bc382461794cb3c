// The resource Employees, removed from Xero's specification: an option says whether it is there.
import { randomUUID } from 'node:crypto';
import {
  change,
  type Matching,
  type Resource,
  type Session,
  type Visit,
  type Written,
} from '../call/visit.ts';
import { readChild, readGuid, readText, readWord, type Source } from '../fields.ts';
import { option } from '../options.ts';
import { date, type FieldTable, guid, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { notFound } from '../reply.ts';
import { wireInstant } from '../wire-date.ts';
import type { Employee } from './employee.ts';

const fields: FieldTable<Employee> = {
  EmployeeID: guid((employee) => employee.id),
  FirstName: text((employee) => employee.firstName),
  LastName: text((employee) => employee.lastName),
  Status: text((employee) => employee.status),
  UpdatedDateUTC: date((employee) => employee.updatedMs),
};

const present = recordResource<Employee>({
  envelope: 'Employees',
  scopes: ['accounting.settings'],
  fields,
  store: (organisation) => organisation.employees,
  view: (_visit, employee) => employeeView(employee),
  paging: 'never',
});

export const employees: Resource = {
  scopes: present.scopes,
  list: (visit) => (isRemoved(visit) ? notFound() : present.list(visit)),
  one: (visit, id) => (isRemoved(visit) ? notFound() : present.one(visit, id)),
  writer: { envelope: 'Employees', idField: 'EmployeeID', errorFlag: undefined, write: writeEmployee },
  creates: true,
};

function isRemoved(holder: Pick<Visit, 'options'>): boolean {
  return option(holder, 'employees') === 'removed';
}

function writeEmployee(session: Session, source: Source, matching: Matching): Written {
  if (isRemoved(session)) return { kind: 'missing' };
  const id = matching.kind === 'id' ? matching.id.toLowerCase() : (readGuid(source, 'EmployeeID') ?? '');
  const before = matching.kind === 'create' ? undefined : session.organisation.employees.get(id);
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const link = readChild(source, 'ExternalLink');
  const employee: Employee = {
    id: before?.id ?? randomUUID(),
    status:
      readWord(source, 'Status', ['ACTIVE', 'ARCHIVED', 'DELETED'], 'EmployeeStatus') ??
      before?.status ??
      'ACTIVE',
    firstName: readText(source, 'FirstName')?.trim() ?? before?.firstName ?? '',
    lastName: readText(source, 'LastName')?.trim() ?? before?.lastName ?? '',
    link: (link === undefined ? undefined : readText(link, 'Url')) ?? before?.link ?? '',
    updatedMs: session.nowMs,
  };
  if (employee.firstName === '' || employee.lastName === '')
    return { kind: 'refused', id: before?.id ?? '', messages: ['FirstName and LastName must be specified'] };
  change(session, { kind: 'employee', record: employee });
  return { kind: 'saved', view: () => employeeView(employee), warnings: [] };
}

function employeeView(employee: Employee): Readonly<Record<string, unknown>> {
  return {
    EmployeeID: employee.id,
    Status: employee.status,
    FirstName: employee.firstName,
    LastName: employee.lastName,
    ExternalLink: employee.link === '' ? undefined : { Url: employee.link },
    UpdatedDateUTC: wireInstant(employee.updatedMs),
  };
}
