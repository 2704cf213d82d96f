// A user forwards calls: what must be filled in first, what is wrong told at its field, and nothing lost on the way.
import { expect, service, test } from './fixtures';

const ALWAYS = 'Doorschakelen altijd aan';
const BUSY = 'Doorschakelen wanneer bezet';

test('switching on asks for a number first, and saves', async ({ as }) => {
  const page = await as('iris.dewit');
  const always = service(page, ALWAYS);
  await always.getByRole('switch').click();
  const dialog = page.getByRole('dialog', { name: ALWAYS });
  const number = dialog.getByLabel('Doorschakelen naar');
  await expect(dialog.getByText('Vul eerst een nummer in.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await expect(number, 'the dialog stays, at what is missing').toBeFocused();

  await number.fill('030 234 56 78');
  await expect(dialog.getByText('Vul eerst een nummer in.')).toBeHidden();
  await dialog.getByRole('button', { name: 'Klaar' }).click();
  await expect(always).toContainText('+31 30 234 56 78');
  await expect(always.getByText('gewijzigd')).toBeVisible();

  await service(page, BUSY).getByRole('button', { name: 'Bewerken' }).click();
  await page.getByRole('dialog').getByRole('switch', { name: 'Ingeschakeld' }).click();
  await page.getByRole('dialog').getByLabel('Doorschakelen naar').fill('140');
  await page.getByRole('dialog').getByRole('button', { name: 'Klaar' }).click();

  const bar = page.getByRole('region', { name: 'Niet opgeslagen wijzigingen' });
  await expect(bar).toContainText('2 wijzigingen nog niet opgeslagen');
  await bar.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  await expect(bar).toBeHidden();

  await page.reload();
  await expect(always).toContainText('+31 30 234 56 78');
  await expect(always.getByRole('switch')).toBeChecked();
  await expect(service(page, BUSY)).toContainText('140');
  await expect(page.getByText('gewijzigd')).toHaveCount(0);
});

test('a malformed number is told at its field, in both languages', async ({ as }) => {
  const page = await as('iris.dewit');
  await service(page, BUSY).getByRole('button', { name: 'Bewerken' }).click();
  const dialog = page.getByRole('dialog');
  const check = async (typed: string, told: string) => {
    await dialog.getByRole('textbox').fill(typed);
    await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(told);
    await expect(dialog.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  };
  await check('+31 030 234 56 78', 'Laat de 0 na de landcode weg.');
  await check('030 234 56 7x', 'Hier staat een teken dat niet in een nummer hoort.');
  await check('112', 'Naar een alarmnummer kan niet worden doorgeschakeld.');
  await dialog.getByRole('button', { name: 'Annuleren' }).click();

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Edit: Call forwarding busy' }).click();
  await check('+31 030 234 56 78', 'Leave out the 0 after the country code.');
  await check('030 234 56 7x', 'There is a character here that numbers do not have.');
  await check('+0 1234567', 'There is no such country code.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toBeHidden();
});

test('cancel takes back the dialog, reset takes back everything', async ({ as }) => {
  const page = await as('iris.dewit');
  const dnd = service(page, 'Niet storen');
  const bar = page.getByRole('region', { name: 'Niet opgeslagen wijzigingen' });
  await dnd.getByRole('switch').click();
  await expect(dnd).toContainText('U bent voor iedereen in gesprek');
  await expect(bar).toContainText('1 wijziging nog niet opgeslagen');
  await dnd.getByRole('switch').click();
  await expect(bar, 'there and back is no change').toBeHidden();

  await dnd.getByRole('switch').click();
  await service(page, BUSY).getByRole('button', { name: 'Bewerken' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('141');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(service(page, BUSY).getByText('gewijzigd')).toBeHidden();
  await expect(dnd.getByText('gewijzigd'), 'only the dialog was cancelled').toBeVisible();
  await bar.getByRole('button', { name: 'Herstel' }).click();
  await expect(bar).toBeHidden();
  await expect(dnd.getByRole('switch')).not.toBeChecked();
});

test('unsaved changes are asked about, and survive the language switch', async ({ as }) => {
  const page = await as('iris.dewit');
  const dnd = () => page.getByRole('switch', { name: /^(Niet storen|Do not disturb)$/ });
  await dnd().click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(dnd()).toBeChecked();
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toContainText('1 change not saved yet');
  await page.getByRole('button', { name: 'Nederlands' }).click();

  const leave = page.getByRole('dialog', { name: 'Wijzigingen opslaan?' });
  await page.getByRole('link', { name: 'Profiel' }).click();
  await leave.getByRole('button', { name: 'Blijven' }).click();
  await expect(page).toHaveURL(/services$/);
  await expect(dnd()).toBeChecked();

  await page.getByRole('link', { name: 'Profiel' }).click();
  await leave.getByRole('button', { name: 'Niet opslaan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Profiel' })).toBeVisible();
  await page.getByRole('link', { name: 'Oproepfuncties' }).click();
  await expect(dnd(), 'it was not saved').not.toBeChecked();

  await dnd().click();
  await page.goBack();
  await leave.getByRole('button', { name: 'Opslaan en verder' }).click();
  await expect(page).toHaveURL(/profile$/);
  await page.getByRole('link', { name: 'Oproepfuncties' }).click();
  await expect(dnd(), 'it was saved').toBeChecked();
});

test('closing the page with unsaved changes asks the browser to ask', async ({ as }) => {
  const page = await as('iris.dewit');
  await service(page, 'Blokkering anonieme oproepen').getByRole('switch').click();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
});
