// The main path without a pointer: log in, switch, edit, save, and back to where one was.
import { type Locator, type Page } from '@playwright/test';
import { PASSWORD, expect, test } from './fixtures';

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, target: Locator) {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, 'Tab reaches it').toBeFocused();
}

test('log in, switch, edit and save by keyboard', async ({ nobody }) => {
  const page = await nobody();
  await page.goto('/');
  const { keyboard } = page;
  await tabTo(page, page.getByLabel('Gebruikersnaam'));
  await keyboard.type('ayoub.degraaf');
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Oproepfuncties' })).toBeVisible();

  // The first stop leads past the menu.
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Niet storen' })).toBeVisible();
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  await tabTo(page, page.getByRole('switch', { name: 'Niet storen' }));
  await keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Niet storen' })).toBeChecked();

  // Focus goes into the dialog, and back to what opened it.
  const always = page.getByRole('switch', { name: 'Doorschakelen altijd aan' });
  await page.reload();
  await tabTo(page, always);
  await keyboard.press('Space');
  const dialog = page.getByRole('dialog', { name: 'Doorschakelen altijd aan' });
  await tabTo(page, dialog.getByLabel('Doorschakelen naar'));
  await keyboard.type('140');
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(always).toBeFocused();

  const edit = page.getByRole('button', { name: 'Bewerken: Doorschakelen wanneer bezet' });
  await tabTo(page, edit);
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(edit).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Opslaan' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  await page.reload();
  await expect(always).toBeChecked();
});

test('the week strip and the choices of the preview answer to keys', async ({ as }) => {
  const page = await as('ayoub.degraaf');
  const panel = page.getByRole('region', { name: 'Wat gebeurt er als…' });
  const strip = panel.getByRole('slider', { name: 'Uitkomst door de week' });
  await tabTo(page, strip);
  await page.keyboard.press('Home');
  await expect(strip).toHaveAttribute('aria-valuetext', /^maandag 0?0:00: /);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await expect(strip).toHaveAttribute('aria-valuetext', /^dinsdag 0?0:15: /);
  const busy = panel.getByRole('group', { name: 'Lijn' }).getByRole('button', { name: 'bezet' });
  await busy.focus();
  await page.keyboard.press('Space');
  await expect(busy).toHaveAttribute('aria-pressed', 'true');
});
