// Every page, in both languages and both themes, wide and on a small phone: axe finds nothing, nothing sticks out, and
// what assistive technology gets is what was looked at before.
import AxeBuilder from '@axe-core/playwright';
import { expect, freeze, test } from './fixtures';
import { PLACES, go } from './pages';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const NOW = '2026-11-25T18:40:00+01:00';

test.describe.configure({ mode: 'parallel' });

for (const place of PLACES) {
  for (const language of ['nl', 'en'] as const) {
    test(`${place.name} (${language})`, async ({ as, nobody }) => {
      const page = place.login ? await as(place.login, { language }) : await nobody({ language });
      await freeze(page, NOW);
      await go(page, place, language);
      const open = page.getByRole('dialog').or(page.getByRole('main'));
      await expect(open.last()).toMatchAriaSnapshot({ name: `${place.name}-${language}.aria.yml` });

      for (const [width, height] of [[1280, 900], [360, 740]]) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
          const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((n) => n.html).join('\n  ')}`);
          expect(found, `${width} px, ${colorScheme}`).toEqual([]);
        }
        const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(sticksOut, `pixels beside the page at ${width} px`).toBeLessThanOrEqual(0);
      }
    });
  }
}
