// The whole story: hours are drawn, a rule forwards outside them, the preview follows every keystroke, and what is
// saved does what the preview said.
import { execFileSync } from 'node:child_process';
import { expect, service, test } from './fixtures';
import { ruler } from './grid';

const SELECTIVE = 'Geselecteerde oproepen doorschakelen';

// The second test goes on with the hours that the first one drew.
test.describe.configure({ mode: 'serial' });

test('hours are drawn by pointer, by keyboard and to the minute', async ({ as }) => {
  const page = await as('lars.dekker', { height: 1200 });
  await page.getByRole('link', { name: 'Schema’s' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Nieuw tijdschema' }).first().click();
  await page.getByLabel('Naam', { exact: true }).fill('Mijn uren');
  const grid = page.getByRole('group', { name: 'De week, uur voor uur' });
  const blocks = grid.getByRole('button');

  // A click makes an hour; Delete takes it away.
  await grid.click();
  await expect(blocks).toHaveAccessibleName(/dag \d\d:[03]0 tot \d\d:[03]0$/);
  await blocks.press('Delete');
  await expect(blocks).toHaveCount(0);
  const at = await ruler(page);

  // Dragging over five days draws five blocks.
  const [from, to] = [at(0, 8.5), at(4, 17.25)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  await expect(blocks).toHaveCount(5);
  await expect(grid.getByRole('button', { name: 'vrijdag 08:30 tot 17:15' })).toBeVisible();

  // Its end is dragged by a quarter of an hour, and its body to another day.
  const [edge, edgeTo] = [at(4, 17.2), at(4, 17.5)];
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edgeTo.x, edgeTo.y, { steps: 4 });
  await page.mouse.up();
  await expect(grid.getByRole('button', { name: 'vrijdag 08:30 tot 17:30' })).toBeVisible();

  // By keyboard: a block on Saturday, moved and stretched.
  const add = page.getByRole('group', { name: 'Toevoegen' });
  await add.getByLabel('Dagen').selectOption('zaterdag');
  await add.getByLabel('Van').fill('9');
  await add.getByLabel('Tot').fill('12u30');
  await add.getByRole('button', { name: 'Toevoegen' }).press('Enter');
  await grid.getByRole('button', { name: 'zaterdag 09:00 tot 12:30' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(grid.getByRole('button', { name: 'zaterdag 09:15 tot 13:00' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('button', { name: 'zondag 09:15 tot 13:00' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');

  // To the minute: Enter on a block goes to its exact times.
  await page.keyboard.press('Enter');
  const row = page.getByRole('group', { name: 'zaterdag 09:15 tot 13:00' });
  await expect(row.getByRole('combobox', { name: 'Dag' })).toBeFocused();
  await row.getByRole('textbox', { name: 'Van' }).fill('9:7');
  await row.getByRole('textbox', { name: 'Tot' }).click();
  await expect(row.getByText('Typ een tijd, zoals 8:30.')).toBeVisible();
  await row.getByRole('textbox', { name: 'Van' }).fill('9:07');
  await row.getByRole('textbox', { name: 'Van' }).press('Tab');
  await expect(page.getByRole('group', { name: 'zaterdag 09:07 tot 13:00' })).toBeVisible();
  await page.getByRole('button', { name: 'Verwijder zaterdag 09:07 tot 13:00' }).click();

  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  await page.reload();
  const list = page.getByRole('navigation', { name: 'Schema' });
  await expect(list.getByRole('button', { name: /Mijn uren/ })).toContainText('ma–do 08:30–17:15, vr 08:30–17:30');
});

test('a rule forwards outside the hours; preview, saved settings and command line agree', async ({ as }) => {
  const page = await as('lars.dekker', { height: 1200 });
  const panel = page.getByRole('region', { name: 'Wat gebeurt er als…' });
  const path = panel.getByRole('list', { name: 'Het pad van de oproep' });
  const headline = panel.getByText(/ neemt op\.$|^De oproep gaat naar /);
  await panel.getByLabel('Beller').last().fill('020 555 01 00');
  await panel.getByLabel('Moment').fill('2026-11-25T18:40');
  await expect(headline).toHaveText('Lars Dekker neemt op.');

  await service(page, SELECTIVE).getByRole('switch').click();
  const dialog = page.getByRole('dialog', { name: SELECTIVE });
  await dialog.getByLabel('Doorschakelen naar').fill('06 5550 11');
  await dialog.getByRole('button', { name: 'Regel toevoegen' }).click();
  await dialog.getByLabel('Naam van de regel').fill('Na het werk');
  await dialog.getByLabel('Tijdschema', { exact: true }).selectOption('Mijn uren');
  await dialog.getByLabel('Binnen of buiten het tijdschema').selectOption('buiten');

  // The preview follows while the number is typed: it goes nowhere until the number is complete.
  await expect(headline).toHaveText('Lars Dekker neemt op.');
  await dialog.getByLabel('Doorschakelen naar').press('End');
  await dialog.getByLabel('Doorschakelen naar').pressSequentially('99');
  await expect(headline).toContainText('+31 6 5550 1199');
  await expect(path).toContainText('regel “Na het werk” past');
  await dialog.getByRole('button', { name: 'Klaar' }).click();

  // Time travel, before anything is saved.
  await panel.getByLabel('Moment').fill('2026-11-25T12:00');
  await expect(headline).toHaveText('Lars Dekker neemt op.');
  await panel.getByRole('slider', { name: 'Uitkomst door de week' }).press('PageUp');
  await expect(panel.getByLabel('Moment')).toHaveValue('2026-11-26T12:00');
  await panel.getByLabel('Moment').fill('2026-11-25T18:40');
  await expect(headline).toContainText('+31 6 5550 1199');
  expect(simulate('2026-11-25T18:40')).toBe('user 11');

  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  expect(simulate('2026-11-25T18:40')).toBe('outside +31655501199');
  expect(simulate('2026-11-25T17:10')).toBe('user 11');
  expect(simulate('2026-11-27T17:20'), 'Friday lasts longer').toBe('user 11');
  expect(simulate('2026-11-26T17:20')).toBe('outside +31655501199');
});

/** Who answers by `centrale simulate` on the server's own database. */
function simulate(at: string) {
  const { CENTRALE_BIN = 'centrale', CENTRALE_E2E_DATABASE = '' } = process.env;
  const call = ['--caller', '+31205550100', '--to', '+31305550151', '--at', at];
  const answer = execFileSync(CENTRALE_BIN, ['simulate', '--database', CENTRALE_E2E_DATABASE, ...call, '--json']);
  const { by } = JSON.parse(answer.toString()).outcome;
  return `${by.kind} ${by.id}`;
}
