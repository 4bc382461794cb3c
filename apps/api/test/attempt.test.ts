// The calls a record took part in show its own part of what went and came back, without what is private.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('an attempt shows status, times and the record’s part of both bodies, redacted', async () => {
  const made = await api.result(
    `mutation { result: createContact(input: { number: "C-7", name: "Acme" }) { ... on Contact { recordId } } }`,
  );
  const id = typeof made === 'object' && made !== null && 'recordId' in made ? String(made.recordId) : '';
  const organisationId = api.organisation;
  const exportId = randomUUID();
  const contact = (number: string) => ({
    ContactNumber: number,
    Name: `Acme ${number}`,
    EmailAddress: 'a@acme.example',
    Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '020 7946 1000' }],
  });
  const at = new Date('2026-11-22T10:00:00Z');
  await api.db.prisma.export.create({
    data: {
      organisationId,
      id: exportId,
      runId: randomUUID(),
      entity: 'contacts',
      action: 'create',
      state: 'sent',
      key: 'k',
      body: JSON.stringify({ Contacts: [contact('C-6'), contact('C-7')] }),
      hash: '',
      size: 2,
      createdAt: at,
    },
  });
  const attempt = { organisationId, exportId, kind: 'send', startedAt: at, endedAt: at, outcome: 'answered' };
  const answer = { Id: 'x', Contacts: [contact('C-7'), { ...contact('C-6'), HasValidationErrors: true }] };
  await api.db.prisma.attempt.create({
    data: { ...attempt, id: randomUUID(), status: 200, answer: JSON.stringify(answer) },
  });
  await api.db.prisma.change.updateMany({ where: { organisationId, recordId: id }, data: { exportId } });
  const record = await api.result(`{ result: record(id: "${id}") { attempts { status request answer } } }`);
  const [shown] =
    typeof record === 'object' && record !== null && 'attempts' in record && Array.isArray(record.attempts)
      ? record.attempts
      : [];
  expect(shown).toMatchObject({ status: 200 });
  const text = JSON.stringify(shown);
  expect(text).toContain('Acme C-7');
  expect(text).not.toContain('C-6');
  expect(text).not.toContain('acme.example');
  expect(text).not.toContain('7946');
});
