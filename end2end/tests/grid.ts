// Points on the week grid, measured with a block that fills its first day.
import { type Page, expect } from '@playwright/test';

/** Where a time stands in an empty grid, by day (Monday is 0) and hour. Leaves the grid empty. */
export async function ruler(page: Page) {
  const add = page.getByRole('group', { name: 'Toevoegen' });
  await add.getByLabel('Dagen').selectOption('maandag');
  await add.getByLabel('Van').fill('0:00');
  await add.getByLabel('Tot').fill('24:00');
  await add.getByRole('button', { name: 'Toevoegen' }).click();
  const grid = page.getByRole('group', { name: 'De week, uur voor uur' });
  await grid.scrollIntoViewIfNeeded();
  const monday = await grid.getByRole('button').boundingBox();
  const week = await grid.boundingBox();
  if (!monday || !week) throw new Error('the grid is not in sight');
  await grid.getByRole('button').press('Delete');
  await expect(grid.getByRole('button')).toHaveCount(0);
  const column = (week.x + week.width - monday.x) / 7;
  // A block is drawn a pixel inside its hours.
  const [top, height] = [monday.y - 1, monday.height + 2];
  return (day: number, hour: number) => ({ x: monday.x + (day + 0.5) * column, y: top + (hour / 24) * height });
}
