// The tracking options a line names: at most two, one of each category (XERO.md 7.7).
import { fold } from '../contact/contact.ts';
import type { SentTracking } from '../document/sent-document.ts';
import type { TrackedOption } from '../manual-journal/manual-journal.ts';
import type { Organisation } from '../organisation.ts';

const none: readonly TrackedOption[] = [];

/** The options of a line; complaints go to `messages`. */
export function trackingOf(
  organisation: Organisation,
  sent: readonly SentTracking[] | undefined,
  before: readonly TrackedOption[] | undefined,
  messages: string[],
): readonly TrackedOption[] {
  if (sent === undefined) return before ?? none;
  if (sent.length === 0) return none;
  const options: TrackedOption[] = [];
  for (const one of sent) {
    const category =
      one.categoryId === undefined
        ? organisation.tracking.find('name', fold(one.category ?? ''))
        : organisation.tracking.get(one.categoryId);
    const option = category?.options.find((other) =>
      one.optionId === undefined ? fold(other.name) === fold(one.option ?? '') : other.id === one.optionId,
    );
    if (category?.status !== 'ACTIVE') {
      messages.push(`The tracking category '${one.category ?? one.categoryId}' is not an active one`);
    } else if (option?.status !== 'ACTIVE') {
      messages.push(`The tracking option '${one.option ?? one.optionId}' does not exist in ${category.name}`);
    } else options.push({ category: category.id, option: option.id });
  }
  if (options.length > 2) messages.push('A line can have no more than 2 tracking options');
  if (new Set(options.map((one) => one.category)).size < options.length)
    messages.push('A line can have only one option of each tracking category');
  return options;
}

/** As lines show it. */
export function trackingView(
  organisation: Organisation,
  options: readonly TrackedOption[] | undefined,
): readonly Readonly<Record<string, string>>[] {
  if (options === undefined) return [];
  return options.map(({ category, option }) => {
    const found = organisation.tracking.get(category);
    return {
      Name: found?.name ?? '',
      Option: found?.options.find((one) => one.id === option)?.name ?? '',
      TrackingCategoryID: category,
      TrackingOptionID: option,
    };
  });
}
