// Logged-in pages for the journeys. Every page is watched: what the browser reports as an error, a violation of the
// content security policy, a server error or a request to another host fails the test that opened the page.
import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

export { expect };

export const PASSWORD = 'demo-centrale';
export const CSRF = { 'x-centrale': '1' };

export interface Way {
  language?: 'nl' | 'en';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  touch?: boolean;
}

interface Fixtures {
  /** A page in a browser of its own where nobody is logged in. */
  nobody: (way?: Way) => Promise<Page>;
  /** A page in a browser of its own where this user or administrator is logged in, at the start page. */
  as: (login: string, way?: Way) => Promise<Page>;
}

interface Hidden {
  browserOf: (way?: Way) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures & Hidden>({
  browserOf: async ({ browser, baseURL, contextOptions }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    const origin = new URL(baseURL ?? '').origin;
    await use(async (way = {}) => {
      const chosen = [
        { name: 'centrale-language', value: way.language },
        { name: 'centrale-theme', value: way.theme },
      ];
      const localStorage = chosen.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
      const context = await browser.newContext({
        ...contextOptions,
        viewport: { width: way.width ?? 1280, height: way.height ?? 900 },
        hasTouch: way.touch ?? false,
        reducedMotion: 'reduce',
        storageState: { cookies: [], origins: [{ origin, localStorage }] },
      });
      contexts.push(context);
      watch(context, origin, problems);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems, 'what the browser reported').toEqual([]);
  },

  nobody: async ({ browserOf }, use) => {
    await use(async (way) => (await browserOf(way)).newPage());
  },

  as: async ({ browserOf }, use) => {
    await use(async (login, way) => {
      const page = await (await browserOf(way)).newPage();
      const answer = await page.request.post('/api/session', { headers: CSRF, data: { login, password: PASSWORD } });
      expect(answer.ok(), `${login} can log in`).toBe(true);
      await page.goto('/');
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).not.toBeEmpty();
      return page;
    });
  },
});

function watch(context: BrowserContext, origin: string, problems: string[]) {
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    // The browser calls every refusal of the API an error; the journeys look at what the portal makes of them.
    const refusal = /the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !refusal) problems.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) problems.push(`elsewhere: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()}: ${response.url()}`);
  });
}

/** The clock of browser and server stand still at this moment, for pages that are compared with a picture of them. */
export async function freeze(page: Page, at: string) {
  const now = new Date(at);
  await page.clock.setFixedTime(now);
  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    if (!answer.ok() || route.request().method() === 'DELETE') return route.fulfill({ response: answer });
    return route.fulfill({ response: answer, json: { ...(await answer.json()), now: now.getTime() } });
  });
}

/** The row of a service on its page. */
export function service(page: Page, name: string) {
  return page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('switch', { name, exact: true }) });
}
