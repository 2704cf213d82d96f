import { join } from 'node:path';
import { freeze, test } from '../tests/fixtures';
import { PLACES, go } from '../tests/pages';

const folder = process.env.CENTRALE_REVIEW;

test.skip(!folder, 'nobody asked for a review');

for (const place of PLACES) {
  for (const language of ['nl', 'en'] as const) {
    test(`${place.name} ${language}`, async ({ as, nobody }) => {
      const page = place.login ? await as(place.login, { language }) : await nobody({ language });
      await freeze(page, '2026-11-25T18:40:00+01:00');
      await go(page, place, language);
      for (const [width, height] of [[1280, 800], [360, 740]]) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const path = join(folder ?? '', `${place.name}-${language}-${width}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true, animations: 'disabled' });
        }
      }
    });
  }
}
