// GET /: what this is, which organisations it has and how to use it.
import { escapeHtml, page } from './page.ts';
import type { World } from './world.ts';

export function homePage(world: World, origin: string): string {
  const rows = [...world.organisations.values()].map((one) => {
    const counts = [one.contacts.size, one.items.size, one.invoices.size, one.creditNotes.size];
    const cells = counts.map((count) => `<td class="number">${count.toLocaleString('en-GB')}</td>`).join('');
    return `<tr><td><a href="/organisations/${one.record.id}/invoices">${escapeHtml(one.record.name)}</a><br><code class="quiet whole">${one.record.id}</code></td>${cells}</tr>`;
  });
  return page(
    'Xero sandbox',
    `<h1>Xero sandbox</h1>
<p class="quiet">A Xero that runs on this machine. Nothing here reaches Xero. <a href="/calls">See the calls as they come.</a></p>
<div class="card">
<h2>Organisations</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Name and tenant id</th><th scope="col" class="number">Contacts</th><th scope="col" class="number">Items</th><th scope="col" class="number">Invoices</th><th scope="col" class="number">Credit notes</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
<h2>How to use it</h2>
<table class="facts">
<tbody>
<tr><th scope="row">Authorize</th><td><code>${origin}/identity/connect/authorize</code></td></tr>
<tr><th scope="row">Token</th><td><code>${origin}/connect/token</code>, client id <code>${escapeHtml(world.client.id)}</code></td></tr>
<tr><th scope="row">Connections</th><td><code>${origin}/connections</code></td></tr>
<tr><th scope="row">Accounting API</th><td><code>${origin}/api.xro/2.0</code></td></tr>
<tr><th scope="row">Calls</th><td><a href="/calls"><code>${origin}/calls</code></a>, live, with what is left of the limits</td></tr>
<tr><th scope="row">What landed</th><td><a href="/__sandbox/summary"><code>${origin}/__sandbox/summary</code></a></td></tr>
</tbody>
</table>
</div>`,
    'wide',
  );
}
