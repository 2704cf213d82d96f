// What cannot be saved is told at its field, in the language of the page, and nothing that was typed is lost.
import { expect, service, test } from './fixtures';

test('patterns and numbers of a rule', async ({ as }) => {
  const page = await as('stijn.willems', { height: 1200 });
  const name = 'Geselecteerde oproepen doorschakelen';
  await service(page, name).getByRole('switch').click();
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog.getByText('Voeg eerst een regel toe die aanstaat.')).toBeVisible();
  await dialog.getByLabel('Doorschakelen naar').fill('220');
  await dialog.getByRole('button', { name: 'Regel toevoegen' }).click();
  await dialog.getByRole('radio', { name: 'Alleen deze bellers' }).check();
  await expect(dialog.getByText('Kies minstens één soort beller, of voeg een nummer toe.').first()).toBeVisible();

  await dialog.getByRole('button', { name: 'Nummer toevoegen' }).click();
  const first = dialog.getByRole('textbox', { name: 'Nummer 1' });
  const check = async (typed: string, told: string) => {
    await first.fill(typed);
    await expect(first).toHaveAccessibleDescription(told);
  };
  await check('030*55', 'Een * mag alleen aan het eind staan.');
  await check('*', 'Zet minstens één cijfer voor de *.');
  await check('030 555 01 4!', 'Hier staat een teken dat niet in een nummer of patroon hoort.');
  await check('03+0', 'Een + mag alleen vooraan staan.');
  await first.fill('030 555 *');
  await first.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Nummer 2' }), 'Enter begins the next line').toBeFocused();
  await dialog.getByRole('button', { name: 'Verwijderen: Nummer 2' }).click();
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await expect(service(page, name)).toContainText('van 1 nummer');
  await page.getByRole('button', { name: 'Herstel' }).click();
});

test('blocks that overlap, and a schedule without name or hours', async ({ as }) => {
  const page = await as('stijn.willems', { height: 1200 });
  await page.getByRole('link', { name: 'Schema’s' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Nieuw tijdschema' }).first().click();
  const name = page.getByLabel('Naam', { exact: true });
  await name.fill(' ');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(name).toHaveAccessibleDescription('Geef het schema een naam.');
  await expect(name).toBeFocused();
  await name.fill('Ochtend');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByText('Teken minstens één blok.')).toBeVisible();

  const add = page.getByRole('group', { name: 'Toevoegen' });
  await add.getByRole('button', { name: 'Toevoegen' }).click();
  const tuesday = page.getByRole('group', { name: 'dinsdag 08:30 tot 17:00' });
  await tuesday.getByRole('combobox', { name: 'Dag' }).selectOption('maandag');
  await expect(page.getByText('Dit blok overlapt een ander blok.').first()).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('This block overlaps another one.').first()).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true }), 'nothing is lost').toHaveValue('Ochtend');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Unsaved changes' }), 'it was not saved').toBeVisible();

  // Leaving asks, here too.
  await page.getByRole('link', { name: 'Profile' }).click();
  const leave = page.getByRole('dialog', { name: 'Save your changes?' });
  await leave.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ochtend');
  await page.getByRole('link', { name: 'Profile' }).click();
  await leave.getByRole('button', { name: 'Do not save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
});

test('days that do not exist', async ({ as }) => {
  const page = await as('stijn.willems', { language: 'en', height: 1200 });
  await page.getByRole('link', { name: 'Schedules' }).click();
  await page.getByRole('main').getByRole('button', { name: 'New holidays' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('Days');
  await page.getByRole('button', { name: 'Add a holiday' }).click();
  await page.getByLabel('Name of the holiday').fill('Leap');
  const leap = page.getByRole('group', { name: 'Leap', exact: true });
  await leap.getByLabel('How often').selectOption('Every year on a date');
  await leap.getByLabel('Month').selectOption('February');
  await leap.getByLabel('Day', { exact: true }).fill('30');
  await leap.getByLabel('Day', { exact: true }).press('Tab');
  await expect(leap.getByText('This day does not exist.')).toBeVisible();
  await leap.getByLabel('Day', { exact: true }).fill('29');
  await leap.getByLabel('Day', { exact: true }).press('Tab');
  await expect(leap.getByText('This day does not exist.')).toBeHidden();
});

test('a server that refuses a save loses nothing', async ({ as }) => {
  const page = await as('stijn.willems');
  const dnd = service(page, 'Niet storen');
  await dnd.getByRole('switch').click();
  await page.route('**/api/users/*/services', (route) => route.fulfill({ status: 400, contentType: 'application/json', body: '{"code":"body-malformed","fields":[]}' }));
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('alert')).toHaveText('De server begrijpt dit verzoek niet. Laad de pagina opnieuw.');
  await expect(dnd.getByRole('switch')).toBeChecked();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
});
