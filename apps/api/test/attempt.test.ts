// The calls a record took part in show its own part of what went and came back, without what is private.
import { randomUUID } from 'node:crypto';
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
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

test('a clean answer is shown of the call that brought it alone, and what failed with what was answered', async () => {
  const made = await api.result(
    `mutation { result: createContact(input: { number: "C-8", name: "Beta" }) { ... on Contact { recordId } } }`,
  );
  const { recordId: id } = z.object({ recordId: z.string() }).parse(made);
  const organisationId = api.organisation;
  const exportId = randomUUID();
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, seconds));
  await api.db.prisma.export.create({
    data: {
      ...{
        organisationId,
        id: exportId,
        runId: randomUUID(),
        entity: 'contacts',
        action: 'create',
        state: 'sent',
      },
      ...{ key: 'k', body: '{"Contacts":[]}', hash: '', size: 1, createdAt: at(0) },
    },
  });
  const attempt = (second: number, kind: string, outcome: string, answer: string | null = null) => ({
    ...{ organisationId, exportId, id: createId(), kind, outcome, answer },
    ...{ startedAt: at(second), endedAt: at(second + 1) },
  });
  const failed = JSON.stringify({ body: '{"Message":"Not now"}' });
  const page = JSON.stringify({ body: '<h1>Down</h1>' });
  await api.db.prisma.attempt.createMany({
    data: [
      attempt(0, 'send', 'invalid', failed),
      attempt(2, 'send', 'unknown-outcome', page),
      attempt(4, 'look', 'answered'),
      attempt(6, 'send', 'answered'),
    ],
  });
  await api.db.prisma.change.updateMany({ where: { organisationId, recordId: id }, data: { exportId } });
  const key = { organisationId, recordId: id };
  await api.db.prisma.mapping.create({
    data: {
      ...key,
      entity: 'contacts',
      xeroId: randomUUID(),
      agreed: '{"Name":"Beta"}',
      hash: '',
      updatedAt: at(6),
    },
  });
  const shown = async (updatedAt: Date) => {
    await api.db.prisma.mapping.update({ where: { organisationId_recordId: key }, data: { updatedAt } });
    const record = await api.result(`{ result: record(id: "${id}") { attempts { answer } } }`);
    const { attempts } = z
      .object({ attempts: z.array(z.object({ answer: z.string().nullable() })) })
      .parse(record);
    return attempts.map(({ answer }) => answer);
  };
  const beta = '{\n  "Name": "Beta"\n}';
  const both = ['<h1>Down</h1>', '{\n  "Message": "Not now"\n}'];
  expect(await shown(at(6))).toEqual([beta, null, ...both]);
  expect(await shown(at(4))).toEqual([null, beta, ...both]);
  // A person has chosen since what is agreed: no call brought it.
  expect(await shown(at(30))).toEqual([null, null, ...both]);
});
