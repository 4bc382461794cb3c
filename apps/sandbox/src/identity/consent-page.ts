// The page on which a person allows a client to act for an organisation.
import { escapeHtml, page } from '../page.ts';
import { scopeMeaning } from './scope.ts';

export type ConsentAsked = {
  readonly client: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** `fault` says why an organisation cannot be chosen. */
  readonly organisations: readonly {
    readonly id: string;
    readonly name: string;
    readonly fault: string | undefined;
  }[];
  /** The address the form posts to, with the client's request as its query. */
  readonly action: string;
  /** Lets the person choose several. */
  readonly isBulk: boolean;
};

export function consentPage({
  client,
  redirectUri,
  scopes,
  organisations,
  action,
  isBulk,
}: ConsentAsked): string {
  const wanted = scopes
    .map(
      (scope) =>
        `<li>${escapeHtml(scopeMeaning(scope) ?? scope)} <code class="quiet">${escapeHtml(scope)}</code></li>`,
    )
    .join('\n');
  const firstOpen = organisations.find(({ fault }) => fault === undefined)?.id;
  const choices = organisations
    .map(({ id, name, fault }) => {
      const state = id === firstOpen ? ' checked' : fault === undefined ? '' : ' disabled';
      const why = fault === undefined ? '' : ` <span class="quiet">${escapeHtml(fault)}</span>`;
      return `<label><input type="${isBulk ? 'checkbox' : 'radio'}" name="tenant" value="${id}"${state}> ${escapeHtml(name)}${why}</label>`;
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
