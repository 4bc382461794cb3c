// Fills an organisation with plausible contacts, items and documents: the same ones for the same seed.
import { writeBatch } from '../call/batch.ts';
import type { Visit, Writer } from '../call/visit.ts';
import { contactWriter } from '../contact/contact-write.ts';
import { documentWriter } from '../document/document-write.ts';
import { creditNoteFamily, invoiceFamily } from '../document/family.ts';
import { itemWriter } from '../item/item-write.ts';
import type { Organisation } from '../organisation.ts';
import { paymentWriter } from '../payment/payment-write.ts';
import { commitApplied, type World } from '../world.ts';
import { createChance } from './chance.ts';
import { demoBills, demoContacts, demoItems, demoNotes, demoPayments, demoSales } from './demo-records.ts';

/** Everything goes through the writers of the API, so that every rule holds for it as well. */
export async function fillDemo(world: World, tenant: string, seed: number): Promise<void> {
  const organisation = world.organisations.get(tenant);
  if (organisation === undefined) return;
  const chance = createChance(seed);
  const { sale, purchase } = taxesOf(organisation);
  const today = new Date(world.clock.now()).toISOString().slice(0, 10);
  const steps: readonly (readonly [Writer, readonly unknown[]])[] = [
    [contactWriter, demoContacts(chance, organisation.record.country)],
    [itemWriter, demoItems(chance, sale, purchase)],
    [documentWriter(invoiceFamily), demoBills(chance, today, purchase)],
    [documentWriter(invoiceFamily), demoSales(chance, today, sale)],
    [documentWriter(creditNoteFamily), demoNotes(chance, today, sale)],
    [paymentWriter, demoPayments(chance, today)],
  ];
  for (const [writer, elements] of steps) await write(world, organisation, writer, elements);
}

/** Throws when the sandbox's own records break its own rules. */
async function write(
  world: World,
  organisation: Organisation,
  writer: Writer,
  elements: readonly unknown[],
): Promise<void> {
  const visit: Visit = {
    options: world.options,
    organisation,
    // As if a person had made them: no app has.
    client: '',
    nowMs: world.clock.now(),
    query: new URLSearchParams(),
    ifModifiedSince: undefined,
    body: JSON.stringify({ [writer.envelope]: elements }),
    bytes: new Uint8Array(),
    isTold: false,
    mediaType: 'application/json',
    places: 2,
  };
  const { reply, changes } = writeBatch(visit, writer, { kind: 'create' });
  if (reply.status !== 200) throw new Error(`The demo organisation breaks a rule: ${reply.body}`);
  await commitApplied(world, { atMs: visit.nowMs, tenant: organisation.record.id, changes: [...changes] });
}

function taxesOf(organisation: Organisation): { sale: string; purchase: string } {
  const typeOf = (code: string): string => organisation.accounts.find('code', code)?.taxType ?? 'NONE';
  return { sale: typeOf('200'), purchase: typeOf('300') };
}
