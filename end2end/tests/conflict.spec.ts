// Two people change the same thing: the second one sees who was first and with what, and chooses.
import { type Page } from '@playwright/test';
import { expect, service, test } from './fixtures';

const NAME = 'Doorschakelen wanneer bezet';

async function busyTo(page: Page, number: string) {
  await service(page, NAME).getByRole('button', { name: 'Bewerken' }).click();
  const dialog = page.getByRole('dialog', { name: NAME });
  const active = dialog.getByRole('switch', { name: 'Ingeschakeld' });
  if (!(await active.isChecked())) await active.click();
  await dialog.getByLabel('Doorschakelen naar').fill(number);
  await dialog.getByRole('button', { name: 'Klaar' }).click();
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Opslaan', exact: true }).click();
}

async function isSaved(page: Page) {
  await expect(page.getByRole('status').filter({ hasText: 'Opgeslagen' })).toHaveText('Opgeslagen');
}

test('a service that both changed: keep mine, then take theirs', async ({ as }) => {
  const finn = await as('finn.kok');
  const joost = await as('beheer.utrecht');
  await joost.goto(finn.url());
  await busyTo(finn, '141');
  await busyTo(joost, '143');
  await save(joost);
  await isSaved(joost);

  await save(finn);
  const clash = finn.getByRole('dialog', { name: 'Iemand anders was u voor' });
  const choice = clash.getByRole('group', { name: NAME });
  await expect(choice).toContainText(/Opgeslagen door Joost Hendriks op \d+ [a-z]+ om \d\d:\d\d/);
  await expect(choice.getByRole('radio', { name: /^Van de ander: .*143/ })).not.toBeChecked();
  await expect(choice.getByRole('radio', { name: /^Van u: .*141/ })).toBeChecked();

  // Looking first loses nothing.
  await clash.getByRole('button', { name: 'Verder bewerken' }).click();
  await expect(service(finn, NAME)).toContainText('141');
  await save(finn);
  await clash.getByRole('button', { name: 'Opslaan zoals gekozen' }).click();
  await isSaved(finn);
  await finn.reload();
  await expect(service(finn, NAME), 'mine was kept').toContainText('141');

  await busyTo(joost, '144');
  await save(joost);
  await expect(joost.getByRole('group', { name: NAME })).toContainText('Opgeslagen door Finn Kok');
  await joost.getByRole('radio', { name: /^Van de ander/ }).check();
  await joost.getByRole('button', { name: 'Opslaan zoals gekozen' }).click();
  await expect(joost.getByRole('dialog')).toBeHidden();
  await expect(service(joost, NAME), 'theirs was taken').toContainText('141');
  await expect(joost.getByRole('region', { name: 'Niet opgeslagen wijzigingen' })).toBeHidden();
});

test('changes of different services do not get in each other’s way', async ({ as }) => {
  const finn = await as('finn.kok');
  const joost = await as('beheer.utrecht');
  await joost.goto(finn.url());
  await service(finn, 'Niet storen').getByRole('switch').click();
  await service(joost, 'Blokkering anonieme oproepen').getByRole('switch').click();
  await save(joost);
  await isSaved(joost);
  await save(finn);
  await isSaved(finn);
  await finn.reload();
  await expect(service(finn, 'Niet storen').getByRole('switch')).toBeChecked();
  await expect(service(finn, 'Blokkering anonieme oproepen').getByRole('switch')).toBeChecked();
});

test('a schedule that both changed: theirs beside mine', async ({ as }) => {
  const finn = await as('finn.kok');
  await finn.getByRole('link', { name: 'Schema’s' }).click();
  await finn.getByRole('main').getByRole('button', { name: 'Nieuw tijdschema' }).first().click();
  await finn.getByLabel('Naam', { exact: true }).fill('Avonddienst');
  await finn.getByRole('group', { name: 'Toevoegen' }).getByRole('button', { name: 'Toevoegen' }).click();
  await save(finn);
  await isSaved(finn);

  const joost = await as('beheer.utrecht');
  await joost.goto(finn.url());
  for (const [page, time] of [[finn, '18:00'], [joost, '19:00']] as const) {
    await page.getByRole('button', { name: /^Avonddienst/ }).click();
    await page.getByRole('group', { name: 'maandag 08:30 tot 17:00' }).getByRole('textbox', { name: 'Tot' }).fill(time);
    await page.getByLabel('Naam', { exact: true }).click();
  }
  await save(joost);
  await isSaved(joost);
  await save(finn);
  const clash = finn.getByRole('dialog', { name: 'Iemand anders heeft dit schema opgeslagen' });
  await expect(clash).toContainText('Joost Hendriks');
  await expect(clash.getByRole('group', { name: 'Van de ander' })).toHaveText(/maandag 08:30 tot 19:00$/);
  await expect(clash.getByRole('group', { name: 'Van u' })).toHaveText(/maandag 08:30 tot 18:00$/);
  await clash.getByRole('button', { name: 'Houd de mijne, nog niet opgeslagen' }).click();
  await save(finn);
  await isSaved(finn);
  await joost.reload();
  await expect(joost.getByRole('button', { name: /^Avonddienst/ })).toContainText('ma 08:30–18:00');
});
