import { expect, test } from '@playwright/test';

test('the first page starts under its content security policy and stays within 200 KB', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) problems.push(message.text());
  });
  const files: Promise<number>[] = [];
  const hosts = new Set<string>();
  page.on('requestfinished', (request) => {
    hosts.add(new URL(request.url()).host);
    files.push(request.sizes().then((sizes) => sizes.responseBodySize));
  });

  await page.goto('/');
  await expect(page).toHaveTitle(/Centrale/);
  await expect(page.getByRole('main')).toBeVisible();
  await page.waitForLoadState('networkidle');

  expect(problems).toEqual([]);
  expect([...hosts], 'nothing comes from a third party').toEqual([new URL(page.url()).host]);
  const sizes = await Promise.all(files);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000);
});
