// One's own account: password, second factor, sessions, and the link by which a password is chosen.
import { createHmac } from 'node:crypto';
import { type Page } from '@playwright/test';
import { CSRF, PASSWORD, expect, test } from './fixtures';

const NEW = 'kraan molen zwaluw';
const SIX_DIGITS = 1_000_000;

/** The code of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds), so many steps from now. */
function code(secret: string, steps: number) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const value = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(value % SIX_DIGITS).padStart(6, '0');
}

async function logIn(page: Page, login: string, password: string) {
  await page.goto('/login');
  await page.getByLabel('Gebruikersnaam').fill(login);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Inloggen' }).click();
}

const card = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true }) });

test('a password is changed, and the other sessions end', async ({ as, nobody }) => {
  const [page, other] = [await as('eva.kramer'), await as('eva.kramer')];
  await page.goto('/users/39/profile');
  const sessions = card(page, 'Waar u bent ingelogd').getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: 'deze' })).toHaveCount(1);

  const change = async (current: string, next: string) => {
    await page.getByLabel('Huidig wachtwoord').fill(current);
    await page.getByLabel('Nieuw wachtwoord').fill(next);
    await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
  };
  await change(PASSWORD, 'kraan');
  await expect(page.getByText('Een wachtwoord heeft minstens 12 tekens.')).toBeVisible();
  await expect(page.getByLabel('Nieuw wachtwoord')).toHaveAttribute('aria-invalid', 'true');
  await change('guessed', NEW);
  await expect(page.getByText('Het huidige wachtwoord klopt niet.')).toBeVisible();
  await expect(page.getByLabel('Nieuw wachtwoord')).not.toHaveAttribute('aria-invalid');
  await change(PASSWORD, NEW);
  await expect(page.getByRole('status').filter({ hasText: 'Uw wachtwoord is gewijzigd.' })).toBeVisible();
  await expect(page.getByLabel('Nieuw wachtwoord')).toHaveValue('');
  await expect(sessions).toHaveCount(1);
  expect((await other.request.get('/api/session')).status()).toBe(401);

  const again = await nobody();
  await logIn(again, 'eva.kramer', NEW);
  await expect(again.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();
  await page.reload();
  await sessions.filter({ hasNotText: 'deze' }).getByRole('button', { name: /^Uitloggen: / }).click();
  await expect(sessions).toHaveCount(1);
  expect((await again.request.get('/api/session')).status()).toBe(401);
});

test('a second factor is set up, asked and removed', async ({ as, nobody }) => {
  const page = await as('otto.vanvliet');
  await page.goto('/users/40/profile');
  const factor = card(page, 'Tweede factor bij inloggen');
  await factor.getByLabel('Uw wachtwoord').fill('guessed');
  await factor.getByRole('button', { name: 'Instellen' }).click();
  await expect(factor.getByText('Het huidige wachtwoord klopt niet.')).toBeVisible();
  await factor.getByLabel('Uw wachtwoord').fill(PASSWORD);
  await factor.getByRole('button', { name: 'Instellen' }).click();
  await expect(factor.getByRole('img', { name: 'QR-code voor uw authenticator-app' })).toBeVisible();
  const link = new URL((await factor.getByRole('link', { name: 'Openen in een app op dit apparaat' }).getAttribute('href')) ?? '');
  const secret = link.searchParams.get('secret') ?? '';
  await expect(factor.getByText(secret.replace(/.{4}(?=.)/g, '$& '))).toBeVisible();

  await factor.getByLabel('Code van zes cijfers').fill('12345');
  await factor.getByRole('button', { name: 'Bevestigen' }).click();
  await expect(factor.getByText('Deze code klopt niet of is al gebruikt.')).toBeVisible();
  await factor.getByLabel('Code van zes cijfers').fill(code(secret, 0));
  await factor.getByRole('button', { name: 'Bevestigen' }).click();
  const codes = factor.getByRole('list', { name: 'Herstelcodes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recovery = (await codes.first().textContent()) ?? '';
  await factor.getByRole('button', { name: 'Ik heb ze bewaard' }).click();
  await expect(factor).toContainText('U hebt nog 10 herstelcodes.');

  const other = await nobody();
  await logIn(other, 'otto.vanvliet', PASSWORD);
  await expect(other.getByRole('alert')).toHaveText('Geef de code uit uw authenticator-app.');
  await other.getByLabel('Code uit de app, of een herstelcode').fill(recovery);
  await other.getByRole('button', { name: 'Inloggen' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();

  await page.reload();
  await expect(factor).toContainText('U hebt nog 9 herstelcodes.');
  await factor.getByLabel('Uw wachtwoord').fill(PASSWORD);
  await factor.getByRole('button', { name: 'Uitzetten' }).click();
  await expect(factor.getByRole('button', { name: 'Instellen' })).toBeVisible();
});

test('a link from an administrator chooses a password once', async ({ as, nobody }) => {
  const admin = await as('beheer.rotterdam');
  await admin.getByRole('link', { name: 'Uw account' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: 'Uw account' })).toBeVisible();
  const made = await admin.request.post('/api/accounts/user-38/reset', { headers: CSRF });
  expect(made.ok()).toBe(true);
  const { link } = (await made.json()) as { link: string };

  const page = await nobody();
  await page.goto(new URL(link).pathname + new URL(link).hash);
  await expect(page).toHaveTitle('Kies een wachtwoord · Centrale');
  const choose = async (password: string) => {
    await page.getByLabel('Nieuw wachtwoord').fill(password);
    await page.getByRole('button', { name: 'Kies een wachtwoord' }).click();
  };
  await choose('pim huisman 123');
  await expect(page.getByText('Laat uw naam, uw gebruikersnaam en de naam van het bedrijf weg.')).toBeVisible();
  await choose(NEW);
  await expect(page.getByRole('status')).toHaveText('Uw wachtwoord is gekozen. U kunt er nu mee inloggen.');
  await page.reload();
  await choose('kraan molen zwaluw 2');
  await expect(page.getByRole('alert')).toHaveText(/^Deze link is al gebruikt of te oud\./);

  await logIn(page, 'pim.huisman', NEW);
  await expect(page.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();
});
