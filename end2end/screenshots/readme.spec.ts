import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { withPalette } from '../png.mjs';
import { expect, freeze, test } from '../tests/fixtures';

const IMAGES = join(import.meta.dirname, '../../docs/images');

test.skip(!!process.env.CENTRALE_REVIEW, 'the pictures for a review are wanted');

test.use({ contextOptions: { deviceScaleFactor: 2 } });

async function picture(page: Page, name: string) {
  const path = join(IMAGES, `${name}.png`);
  writeFileSync(path, withPalette(await page.screenshot({ animations: 'disabled' })));
  expect(readFileSync(path).length, `bytes of ${name}.png`).toBeLessThan(150_000);
}

async function wednesdayEvening(page: Page, path: string) {
  await freeze(page, '2026-11-25T18:40:00+01:00');
  await page.goto(path);
  await page.waitForLoadState('networkidle');
}

test('services', async ({ as }) => {
  const page = await as('sanne', { language: 'nl', theme: 'light', width: 1280, height: 920 });
  await wednesdayEvening(page, '/users/1/services');
  await picture(page, 'services');
});

test('schedule', async ({ as }) => {
  const page = await as('beheer.utrecht', { language: 'nl', theme: 'light', width: 1280, height: 860 });
  await wednesdayEvening(page, '/locations/1/schedules');
  await page.getByRole('button', { name: /^Kantooruren/ }).click();
  await picture(page, 'schedule');
});

test('phone', async ({ as }) => {
  const page = await as('sanne', { language: 'nl', theme: 'dark', width: 390, height: 800 });
  await wednesdayEvening(page, '/users/1/services');
  await picture(page, 'phone');
});
