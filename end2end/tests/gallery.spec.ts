// The gallery: every component in its states, in both themes, wide and narrow. Axe finds nothing, nothing sticks out,
// and what assistive technology gets is what was looked at before.
import AxeBuilder from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { expect, test } from './fixtures';

// States stand beside each other here, which no page does: two pagers have one name, and no landmark holds the list.
const BESIDE_EACH_OTHER = ['landmark-unique', 'landmark-complementary-is-top-level'];
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DIALOGS = ['Dialog', 'LeaveDialog', 'ConflictDialog', 'EditDialog'];

async function looksRight(page: Page) {
  for (const [width, height] of [[1280, 900], [360, 740]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(STANDARDS)
        .disableRules(BESIDE_EACH_OTHER)
        .analyze();
      const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((n) => n.html).join('\n  ')}`);
      expect(found, `${width} px, ${colorScheme}`).toEqual([]);
    }
    const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sticksOut, `pixels beside the page at ${width} px`).toBeLessThanOrEqual(0);
  }
}

test('the components', async ({ nobody }) => {
  // All of them at once are ten pages for axe.
  test.slow();
  const page = await nobody({ language: 'en' });
  await page.goto('/gallery');
  await page.getByRole('heading', { name: 'Gallery', exact: true }).waitFor();
  await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: 'components.aria.yml' });
  await looksRight(page);
});

for (const name of DIALOGS) {
  test(name, async ({ nobody }) => {
    const page = await nobody({ language: 'en' });
    await page.goto('/gallery');
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog')).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
    await looksRight(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused();
  });
}
