// The page on which a person allows a client to act for an organisation.
import type { Organisation } from '../organisation.ts';
import { escapeHtml, page } from '../page.ts';
import { scopeMeaning } from './scope.ts';

/** `action` is the address the form posts to, with the client's request as its query; `isBulk` lets the person choose several. */
export function consentPage(
  client: string,
  redirectUri: string,
  scopes: readonly string[],
  organisations: readonly Organisation[],
  action: string,
  isBulk: boolean,
): string {
  const wanted = scopes
    .map(
      (scope) =>
        `<li>${escapeHtml(scopeMeaning(scope) ?? scope)} <code class="quiet">${escapeHtml(scope)}</code></li>`,
    )
    .join('\n');
  const choices = organisations
    .map(({ record }, index) => {
      const checked = index === 0 ? ' checked' : '';
      return `<label><input type="${isBulk ? 'checkbox' : 'radio'}" name="tenant" value="${record.id}"${checked}> ${escapeHtml(record.name)}</label>`;
    })
    .join('\n');
  return page(
    'Allow access',
    `<h1>${escapeHtml(client)} wants access</h1>
<p class="quiet">This is the Xero sandbox on your own machine. You will return to <code>${escapeHtml(redirectUri)}</code>.</p>
<form class="card" method="post" action="${escapeHtml(action)}">
<h2 id="scopes">It wants to</h2>
<ul aria-labelledby="scopes">
${wanted}
</ul>
<fieldset>
<legend>${isBulk ? 'Organisations' : 'Organisation'}</legend>
${choices}
</fieldset>
<div class="buttons">
<button class="main" type="submit" name="decision" value="allow">Allow access</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</div>
</form>`,
  );
}

export function refusalPage(reason: string): string {
  return page(
    'Request refused',
    `<h1>This request cannot be granted</h1>
<div class="card"><p>${escapeHtml(reason)}</p></div>`,
  );
}
