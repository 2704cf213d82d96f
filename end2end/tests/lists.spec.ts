// Lists in forms: what is typed is told at once when it stands in the way of something, and only who fits is offered.
import { type Page, expect, test } from './fixtures';

const edit = (page: Page, name: string) => page.getByRole('button', { name: `Bewerken: ${name}` }).click();

test('a speed dial that hides a feature code says so while it is typed', async ({ as }) => {
  const page = await as('stijn.willems', { height: 1200 });
  await edit(page, 'Snelkiesnummers');
  const dialog = page.getByRole('dialog', { name: 'Snelkiesnummers' });
  await dialog.getByRole('button', { name: 'Snelkiesnummer toevoegen' }).click();
  const code = dialog.getByLabel('Code');
  const told = '#76 is ook een functiecode. Die kunt u niet meer kiezen: dit snelkiesnummer gaat voor.';
  await code.fill('7');
  await expect(dialog.getByText(told)).toBeHidden();
  await code.fill('76');
  await expect(dialog.getByText(told)).toBeVisible();
  await expect(code).toHaveAccessibleDescription(told);
  await code.fill('75');
  await expect(dialog.getByText(told)).toBeHidden();

  // It is a warning, and no reason not to save.
  await code.fill('76');
  await dialog.getByRole('textbox', { name: 'Nummer' }).fill('020 555 0100');
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('button', { name: 'Opslaan' })).toBeHidden();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Edit: Speed dial' }).click();
  const english = page.getByRole('dialog', { name: 'Speed dial' });
  await expect(english.getByText('#76 is a feature code too.')).toBeVisible();
});

test('only persons are offered where only persons fit', async ({ as }) => {
  const page = await as('stijn.willems', { height: 1200 });
  await edit(page, 'Privacy');
  const dialog = page.getByRole('dialog', { name: 'Privacy' });
  const search = dialog.getByRole('combobox', { name: 'Collega zoeken' });
  await search.fill('Klantenservice');
  await expect(dialog.getByRole('option', { name: 'Niemand gevonden' })).toBeVisible();
  await search.fill('Daan');
  await dialog.getByRole('option', { name: 'Daan Visser' }).click();
  await expect(dialog.getByRole('listitem').getByText('Daan Visser')).toBeVisible();
  await expect(search).toHaveValue('');
  await dialog.getByRole('button', { name: 'Annuleren' }).click();
});
