// Administrators see and change what a user sees and changes, and nothing outside what they administer.
import { expect, service, test } from './fixtures';

test('the administrator of the enterprise finds a user and changes their services', async ({ as }) => {
  const page = await as('beheer');
  await expect(page.getByRole('list').filter({ hasText: 'Utrecht' }).getByRole('link', { name: 'Rotterdam' })).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Zoek een gebruiker' });
  const found = page.getByRole('listbox', { name: 'Gevonden gebruikers' });
  await search.fill('hoekstra');
  await expect(found.getByRole('option')).toHaveText(/Tobias Hoekstra/);
  await search.press('Enter');
  await expect(page).toHaveURL(/\/users\/32\/services$/);
  await expect(page.getByRole('navigation', { name: 'Niveau' })).toContainText('Tobias Hoekstra');

  const dnd = service(page, 'Niet storen');
  await dnd.getByRole('switch').click();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  const tobias = await as('tobias.hoekstra');
  await expect(service(tobias, 'Niet storen').getByRole('switch'), 'the user sees it').toBeChecked();
  await expect(tobias.getByRole('combobox', { name: 'Zoek een gebruiker' })).toHaveCount(0);

  const crumbs = page.getByRole('navigation', { name: 'Niveau' });
  await crumbs.getByRole('link', { name: 'Rotterdam' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rotterdam' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Gebruikers' }).getByRole('link', { name: 'Kees Vermeulen' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sanne de Boer' })).toHaveCount(0);
  await crumbs.getByRole('link', { name: 'Van Dijk Logistiek' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Van Dijk Logistiek' })).toBeVisible();
});

test('the list is searched, filtered and walked with the arrow keys', async ({ as }) => {
  const page = await as('beheer');
  const table = page.getByRole('table', { name: 'Gebruikers' });
  await expect(page.getByRole('navigation', { name: 'Bladeren' })).toContainText('1–40 van 40');
  await page.getByLabel('Locatie').selectOption('Utrecht');
  await expect(page.getByRole('navigation', { name: 'Bladeren' })).toContainText('van 19');
  await page.getByLabel('Naam, nummer of toestel').fill('14');
  await expect(table.getByRole('link', { name: 'Sanne de Boer' })).toBeVisible();
  await table.getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(table.getByRole('link').nth(1)).toBeFocused();
  await page.getByLabel('Naam, nummer of toestel').fill('nobody at all');
  await expect(page.getByText('Niemand gevonden.')).toBeVisible();
});

test('the administrator of a location does not see another one', async ({ as }) => {
  const page = await as('beheer.rotterdam');
  await expect(page.getByRole('navigation', { name: 'Bladeren' })).toContainText('van 21');
  await expect(page.getByRole('link', { name: 'Sanne de Boer' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Zoek een gebruiker' }).fill('sanne');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText('Niemand gevonden');
  expect((await page.request.get('/api/users/1')).status()).toBe(404);
  await page.goto('/users/1/services');
  await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeVisible();
  await page.getByRole('link', { name: 'Naar het begin' }).click();
  await page.getByRole('table').getByRole('link', { name: 'Kees Vermeulen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();
});

test('the administrator of a department sees it and those below it', async ({ as }) => {
  const page = await as('beheer.klantenservice');
  const table = page.getByRole('table', { name: 'Gebruikers' });
  await expect(table.getByRole('link', { name: 'Sanne de Boer' })).toBeVisible();
  await expect(table.getByRole('link', { name: 'Receptie Utrecht' }), 'of a department below').toBeVisible();
  await expect(table.getByRole('link', { name: 'Iris de Wit' }), 'of the same location').toHaveCount(0);
  expect((await page.request.get('/api/users/14')).status()).toBe(404);
});

test('a user sees nobody else', async ({ as }) => {
  const page = await as('tobias.hoekstra');
  await page.goto('/users/33/services');
  await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeVisible();
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeVisible();
});
