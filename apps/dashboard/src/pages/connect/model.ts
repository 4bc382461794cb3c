// Which step of connecting is shown, and the choices a person makes on the last one.
import type { ConnectionRow } from './query.ts';

export type Step = 'begin' | 'choose' | 'confirm' | 'connected';

type Standing = Pick<ConnectionRow, 'state' | 'tenantId' | 'tenants'>;

/** `wanted` is the step in the address: back from Xero one chooses again, even where a tenant was chosen before. */
export function stepOf(connection: Standing, wanted: string | undefined): Step {
  switch (connection.state) {
    case 'NONE':
      return 'begin';
    case 'CHOOSING': {
      const chosen = connection.tenants.some((tenant) => tenant.id === connection.tenantId);
      return chosen && wanted !== 'choose' ? 'confirm' : 'choose';
    }
    default:
      return 'connected';
  }
}

/** One question of the last step: where something goes, what is proposed, and what else is possible. */
export interface Question {
  id: string;
  kind: 'account' | 'tax';
  label: string;
  chosen: string;
  chosenBy: string;
  held: number;
  options: { value: string; label: string }[];
}

export function questionsOf(connection: ConnectionRow): { accounts: Question[]; taxes: Question[] } {
  const accounts = connection.natures.map((nature) => ({
    id: nature.nature,
    kind: 'account' as const,
    label: nature.label,
    chosen: nature.account?.code ?? '',
    chosenBy: nature.chosenBy,
    held: nature.held,
    options: nature.candidates.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
  }));
  const taxes = connection.treatments.map((treatment) => ({
    id: treatment.treatment,
    kind: 'tax' as const,
    label: `${treatment.label} (${percent(treatment.rate)})`,
    chosen: treatment.taxType?.type ?? '',
    chosenBy: treatment.chosenBy,
    held: treatment.held,
    options: treatment.candidates.map(({ type, name, rate }) => ({
      value: type,
      label: withRate(name, rate),
    })),
  }));
  return { accounts, taxes };
}

/** What a person picked, over what was proposed; what nobody settled is left out. */
export function answersOf(
  questions: readonly Question[],
  picked: Readonly<Record<string, string>>,
): { id: string; value: string }[] {
  return questions
    .map((question) => ({ id: question.id, value: picked[question.id] ?? question.chosen }))
    .filter((answer) => answer.value !== '');
}

/** What came back from Xero instead of a permission, in words. */
export function returnProblem(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  if (code === 'access_denied')
    return 'Permission was not given at Xero, so nothing is connected. Press Connect to try again.';
  return `Connecting did not work: ${code}. Press Connect to try again.`;
}

/** Xero's names of tax rates often say the rate themselves. */
function withRate(name: string, rate: string): string {
  return name.includes('%') ? name : `${name} (${percent(rate)})`;
}

function percent(rate: string): string {
  return `${Number(rate)} %`;
}
