// What the server tells browsers, and what it refuses. That no journey breaks the policy is watched by the fixtures.
import { CSRF, expect, test } from './fixtures';

test('the content security policy is strict', async ({ request }) => {
  const headers = (await request.get('/users/1/services')).headers();
  const policy = new Map(headers['content-security-policy'].split('; ').map((rule) => {
    const [name, ...sources] = rule.split(' ');
    return [name, sources.join(' ')];
  }));
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
  expect(policy.get('style-src')).toBe("'self'");
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(policy.get('base-uri')).toBe("'none'");
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https?:/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('the cookies of a session and of a browser are kept from scripts and from other sites', async ({ as }) => {
  const page = await as('noor.bos');
  const cookies = await page.context().cookies();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('what does not come from the portal, or is too large, is refused', async ({ as }) => {
  const page = await as('noor.bos');
  const url = '/api/users/8/services';
  const data = { changes: [] };
  expect((await page.request.put(url, { data })).status(), 'without the header of the portal').toBe(403);
  expect((await page.request.put(url, { data, headers: CSRF })).ok()).toBe(true);
  const strange = { changes: [{ service: 'do-not-disturb', version: 0, settings: { active: true, loud: true } }] };
  const refused = await page.request.put(url, { data: strange, headers: CSRF });
  expect(refused.status()).toBe(422);
  expect(JSON.stringify(await refused.json())).toContain('unknown-field');
  const large = await page.request.put(url, { data: { changes: [], more: 'x'.repeat(3_000_000) }, headers: CSRF });
  expect(large.status()).toBe(413);
  expect((await page.request.get('/api/nothing')).status()).toBe(404);
});
