// Logging in and out, who lands where, and a session that ends while somebody is at work.
import { CSRF, PASSWORD, expect, service, test } from './fixtures';

test('a wrong password is told and the user name stays', async ({ nobody }) => {
  const page = await nobody();
  await page.goto('/');
  await expect(page).toHaveTitle('Inloggen · Centrale');
  await page.getByLabel('Gebruikersnaam').fill('hugo.dijkstra');
  await page.getByLabel('Wachtwoord').fill('guessed');
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page.getByRole('alert')).toHaveText('De gebruikersnaam of het wachtwoord klopt niet.');
  await expect(page.getByLabel('Gebruikersnaam')).toHaveValue('hugo.dijkstra');

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('alert')).toHaveText('The user name or password is not right.');
  await expect(page.getByLabel('User name')).toHaveValue('hugo.dijkstra');
  await page.getByRole('button', { name: 'Nederlands' }).click();

  await page.getByLabel('Wachtwoord').fill(PASSWORD);
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();
});

test('users land on their services and administrators on the overview', async ({ nobody }) => {
  const check = async (login: string, heading: string, path: RegExp) => {
    const page = await nobody();
    await page.goto('/');
    await page.getByLabel('Gebruikersnaam').fill(login);
    await page.getByLabel('Wachtwoord').fill(PASSWORD);
    await page.getByLabel('Wachtwoord').press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page).toHaveURL(path);
  };
  await check('hugo.dijkstra', 'Oproepfuncties', /\/users\/15\/services$/);
  await check('beheer', 'Van Dijk Logistiek', /\/$/);
  await check('beheer.rotterdam', 'Van Dijk Logistiek', /\/$/);
  // Priya reads English, and chose nothing on this device.
  await check('priya.vanderheijden', 'Call services', /\/users\/22\/services$/);
});

test('logging out ends the session', async ({ as }) => {
  const page = await as('hugo.dijkstra');
  await page.getByRole('button', { name: 'Uitloggen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Inloggen' })).toBeVisible();
  expect((await page.request.get('/api/session')).status()).toBe(401);
  await page.goto('/users/15/services');
  await expect(page.getByRole('heading', { level: 1, name: 'Inloggen' })).toBeVisible();
});

test('a session that ended asks for a log-in and the draft stays', async ({ as }) => {
  const page = await as('hugo.dijkstra');
  const always = service(page, 'Doorschakelen altijd aan');
  await always.getByRole('switch').click();
  const dialog = page.getByRole('dialog', { name: 'Doorschakelen altijd aan' });
  await dialog.getByLabel('Doorschakelen naar').fill('140');
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  // Once the preview knows whom the call goes to, nothing but saving asks the server.
  await expect(page.getByRole('list', { name: 'Het pad van de oproep' })).toContainText('Receptie Utrecht');
  await page.request.delete('/api/session', { headers: CSRF });

  await page.getByRole('button', { name: 'Opslaan' }).click();
  const again = page.getByRole('dialog', { name: 'Log opnieuw in' });
  await again.getByLabel('Gebruikersnaam').fill('hugo.dijkstra');
  await again.getByLabel('Wachtwoord').fill('guessed');
  await again.getByRole('button', { name: 'Inloggen' }).click();
  await expect(again.getByRole('alert')).toHaveText('De gebruikersnaam of het wachtwoord klopt niet.');
  await again.getByLabel('Wachtwoord').fill(PASSWORD);
  await again.getByRole('button', { name: 'Inloggen' }).click();
  await expect(again).toBeHidden();

  // What was being saved is saved, without a second press.
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  await page.reload();
  await expect(always).toContainText('140');
});
