// A connection in words: to whom, and what its choices are.
import type { Connection } from '../documents/connection.ts';
import { table } from '../table.ts';

export function connectionText(connection: Connection): string {
  const { tenantName, country, currency, sandbox, problem, unsettled } = connection;
  const where = [country, currency].filter((part) => part !== null).join(', ');
  const head =
    tenantName === null
      ? 'Not connected.'
      : `Connected to ${tenantName}${where ? ` (${where})` : ''}${sandbox ? ', at the sandbox' : ''}.`;
  const lines = [head];
  if (problem !== null) lines.push(problem);
  const choices = choiceRows(connection);
  if (choices.length > 0) lines.push('', table(['FOR', 'IN WORDS', 'IN XERO'], choices));
  if (unsettled > 0) lines.push('', unsettledText(unsettled));
  return lines.join('\n');
}

function choiceRows({ natures, treatments }: Connection): string[][] {
  const accounts = natures.map(({ nature, label, account }) => {
    return [nature, label, account ? `${account.code} ${account.name}` : 'not settled'];
  });
  const taxes = treatments.map(({ treatment, label, taxType }) => {
    return [treatment, label, taxType ? `${taxType.type} ${taxType.name}` : 'not settled'];
  });
  return [...accounts, ...taxes];
}

function unsettledText(unsettled: number): string {
  const which = unsettled === 1 ? 'One choice is' : `${unsettled} choices are`;
  return `${which} not settled: what needs them is held until stockbook connect --account NATURE=CODE --tax TREATMENT=TYPE.`;
}
