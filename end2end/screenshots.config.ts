// The pictures of README: `npm run screenshots`. With CENTRALE_REVIEW=FOLDER every page goes
// into that folder instead, in both languages and themes, wide and narrow, for somebody to look at.
import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

export default defineConfig(journeys, {
  testDir: 'screenshots',
  outputDir: 'test-results/screenshots',
});
