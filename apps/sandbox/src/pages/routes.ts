// The addresses of the pages for people; /record/{id} finds a record of any organisation by its Xero id alone.
import { Hono } from 'hono';
import { homePage } from '../home.ts';
import type { Organisation } from '../organisation.ts';
import { escapeHtml, page } from '../page.ts';
import type { World } from '../world.ts';
import { callBody, callsBody } from './calls-page.ts';
import { journalPage } from './journal-pages.ts';
import { recordAddress } from './list.ts';
import { lists } from './lists.ts';
import { listBody, listLinks, trialBalanceBody } from './organisation-pages.ts';
import { listOf, recordPage } from './record-page.ts';

export function pageRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/', (context) => context.html(homePage(world, new URL(context.req.url).origin)));
  app.get('/calls', (context) => {
    const home = '<nav aria-label="Pages"><a href="/">All organisations</a></nav>';
    return context.html(
      page('Calls', `${home}<h1>Calls</h1><div class="card">${callsBody(world)}</div>`, 'wide'),
    );
  });
  app.get('/calls/:id', (context) => {
    const body = callBody(world, Number(context.req.param('id')));
    if (body === undefined) return missing('This call is not in the log any more.');
    return context.html(
      page('Call', `<nav aria-label="Pages"><a href="/calls">Calls</a></nav>${body}`, 'wide'),
    );
  });
  app.get('/record/:id', (context) => {
    const id = context.req.param('id').toLowerCase();
    for (const organisation of world.organisations.values()) {
      const list = listOf(organisation, id);
      if (list !== undefined) return context.redirect(recordAddress(organisation, list, id));
    }
    return missing('No organisation has a record of this id.');
  });
  organisationRoutes(world, app);
  return app;
}

function organisationRoutes(world: World, app: Hono): void {
  app.get('/organisations/:tenant', (context) => {
    const tenant = context.req.param('tenant');
    if (!world.organisations.has(tenant)) return missing('There is no such organisation.');
    return context.redirect(`/organisations/${tenant}/invoices`);
  });
  app.get('/organisations/:tenant/:list', (context) => {
    const organisation = world.organisations.get(context.req.param('tenant'));
    const name = context.req.param('list');
    const list = lists.find((one) => one.name === name);
    if (organisation === undefined || (list === undefined && name !== 'trial-balance'))
      return missing('There is no such page.');
    const number = Number(context.req.query('page') ?? 1) || 1;
    const [title, body] =
      list === undefined
        ? ['Trial balance', trialBalanceBody(organisation, world.clock.now())]
        : [list.title, listBody(organisation, list, Math.floor(number))];
    return show(organisation, name, title, body);
  });
  app.get('/organisations/:tenant/:list/:id', (context) => {
    const { tenant, list, id } = context.req.param();
    const organisation = world.organisations.get(tenant);
    if (organisation === undefined) return missing('There is no such organisation.');
    const file = list === 'attachments' ? organisation.attachments.get(id) : undefined;
    if (file !== undefined) {
      // As a download, so that a page or script that was attached is never run here.
      const headers = {
        'Content-Type': file.mediaType,
        'Content-Disposition': 'attachment',
        'X-Content-Type-Options': 'nosniff',
      };
      return new Response(Buffer.from(file.content, 'base64'), { headers });
    }
    const found = list === 'journals' ? journalPage(organisation, id) : recordPage(organisation, id);
    if (found === undefined) return missing('There is no such record.');
    return show(organisation, list, found.title, found.body);
  });
}

function show(organisation: Organisation, list: string, title: string, body: string): Response {
  const head = `<p class="quiet">${escapeHtml(organisation.record.name)}</p><h1>${escapeHtml(title)}</h1>`;
  const html = `${listLinks(organisation, list)}${head}<div class="card">${body}</div>`;
  return new Response(page(`${title} · ${organisation.record.name}`, html, 'wide'), htmlHeaders(200));
}

function missing(sentence: string): Response {
  const home = '<nav aria-label="Pages"><a href="/">All organisations</a></nav>';
  return new Response(
    page('Not here', `${home}<h1>Not here</h1><div class="card"><p>${sentence}</p></div>`),
    htmlHeaders(404),
  );
}

function htmlHeaders(status: number): ResponseInit {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
}
