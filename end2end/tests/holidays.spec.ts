// Holidays: a ready set, days that move with Easter, calendar files, and a schedule that is still in use.
import { expect, test } from './fixtures';

const ICS = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270714
DTEND;VALUE=DATE:20270724
SUMMARY:Bouwvak
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261205
RRULE:FREQ=YEARLY
SUMMARY:Sinterklaas
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');

const CSV = 'naam,van,tot\nStudiedag,2027-02-12,2027-02-12\nSinterklaas,2026-12-05,\n';

test('a ready set, a day around Easter and two calendar files make one schedule', async ({ as }) => {
  const page = await as('wout.schouten', { height: 1200 });
  await page.getByRole('link', { name: 'Schema’s' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Nieuwe feestdagen' }).first().click();
  await page.getByLabel('Naam', { exact: true }).fill('Vrij');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByText('Voeg minstens één dag toe.')).toBeVisible();

  await page.getByRole('group', { name: 'Voeg de feestdagen toe van' }).getByRole('button', { name: 'Nederland' }).click();
  const kingsDay = page.getByRole('group', { name: 'Koningsdag' });
  await expect(kingsDay).toContainText(/(di|wo|do|vr|za|ma) 2[67] apr 20\d\d/);

  await page.getByRole('button', { name: 'Feestdag toevoegen' }).click();
  await page.getByLabel('Naam van de feestdag').last().fill('Goede Vrijdag op kantoor');
  const friday = page.getByRole('group', { name: 'Goede Vrijdag op kantoor' });
  await friday.getByLabel('Hoe vaak').selectOption('Elk jaar rond Pasen');
  await friday.getByLabel('Dagen na Pasen').fill('-2');
  await friday.getByLabel('Dagen na Pasen').press('Tab');
  await expect(friday).toContainText(/vr \d+ (mrt|apr) 20\d\d/);
  await friday.getByLabel('Dagen na Pasen').fill('often');
  await friday.getByLabel('Dagen na Pasen').press('Tab');
  await expect(friday.getByText('Typ een heel getal.')).toBeVisible();
  await friday.getByLabel('Dagen na Pasen').fill('-2');
  await friday.getByLabel('Dagen na Pasen').press('Tab');

  const file = page.getByLabel('Agenda importeren (iCalendar of CSV)');
  await file.setInputFiles({ name: 'agenda.ics', mimeType: 'text/calendar', buffer: Buffer.from(ICS) });
  await expect(page.getByText('2 feestdagen zijn toegevoegd uit het bestand.')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Bouwvak' })).toContainText('wo 14 jul 2027 t/m vr 23 jul 2027');
  await file.setInputFiles({ name: 'agenda.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
  await expect(page.getByRole('group', { name: 'Studiedag' })).toContainText('vr 12 feb 2027');
  await file.setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from('\u0000 nothing of the kind') });
  await expect(page.getByText('Dit bestand kan niet worden gelezen.').first()).toBeVisible();
  await expect(page.getByRole('group', { name: 'Studiedag' }), 'nothing is lost').toBeVisible();

  // A part of a day is no holiday: it is named, and the others are taken. The names are in Windows-1252.
  const odd = 'naam;van;tot\nCaf\u00e9dag;3-5-2027;\nLunch;4-5-2027 12:00;4-5-2027 13:00\n';
  await file.setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(odd, 'latin1') });
  await expect(page.getByRole('group', { name: 'Caf\u00e9dag' })).toContainText('ma 3 mei 2027');
  const notes = page.getByRole('region', { name: 'Niet of anders overgenomen uit het bestand' });
  await expect(notes.getByRole('listitem')).toHaveText(['Regel 3, Lunch: niet overgenomen. Feestdagen zijn hele dagen; een deel van een dag is niet overgenomen.']);
  await file.setInputFiles({ name: 'open.csv', mimeType: 'text/csv', buffer: Buffer.from('Sportdag,6/1/2027\n') });
  await page.getByRole('group', { name: 'Hoe staan de datums in het bestand?' }).getByRole('button', { name: /^Maand voorop/ }).click();
  await expect(page.getByRole('group', { name: 'Sportdag' })).toContainText('di 1 jun 2027');
  await expect(notes).toHaveCount(0);

  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
  await page.reload();
  const list = page.getByRole('navigation', { name: 'Schema' });
  await list.getByRole('button', { name: /^Vrij/ }).click();
  for (const name of ['Koningsdag', 'Goede Vrijdag op kantoor', 'Bouwvak', 'Studiedag']) {
    await expect(page.getByRole('group', { name })).toBeVisible();
  }

  // Nothing uses it: it can be deleted, after a question.
  await page.getByRole('button', { name: 'Verwijderen', exact: true }).click();
  const sure = page.getByRole('dialog', { name: '“Vrij” verwijderen?' });
  await sure.getByRole('button', { name: 'Annuleren' }).click();
  await page.getByRole('button', { name: 'Verwijderen', exact: true }).click();
  await sure.getByRole('button', { name: 'Verwijderen' }).click();
  await expect(list.getByRole('button', { name: /^Vrij/ })).toHaveCount(0);
});

test('a schedule that a rule uses is not deleted, and the rule is named', async ({ as }) => {
  const page = await as('daan.visser');
  await page.getByRole('link', { name: 'Schema’s' }).click();
  await page.getByRole('button', { name: /^Lunch/ }).click();
  await page.getByRole('button', { name: 'Verwijderen', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Dit schema wordt gebruikt' });
  await expect(dialog.getByRole('listitem')).toHaveText('Daan Visser: Geselecteerde oproepen doorschakelen, regel “Lunch”');
  await dialog.getByRole('button', { name: 'Begrepen' }).click();
  await expect(page.getByRole('button', { name: /^Lunch/ })).toBeVisible();
});

test('two schedules cannot have one name', async ({ as }) => {
  const page = await as('daan.visser', { language: 'en' });
  await page.getByRole('link', { name: 'Schedules' }).click();
  await page.getByRole('main').getByRole('button', { name: 'New time schedule' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('lunch');
  await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription('There is a schedule with this name already.');
});
