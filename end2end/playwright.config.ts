// Journeys against the real server with the demo organisation, a fresh database and a real browser.
// script/test names the server's binary, a free port and the browser; by hand the defaults do.
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const env = process.env;
// Set once in the first process: Playwright reads this file again in each worker.
env.CENTRALE_E2E_PORT ??= '8099';
env.CENTRALE_E2E_FOLDER ??= mkdtempSync(join(tmpdir(), 'centrale-end2end-'));
env.CENTRALE_E2E_DATABASE ??= `sqlite://${env.CENTRALE_E2E_FOLDER}/end2end.db`;
env.CENTRALE_BIN ??= join(homedir(), '.cache/centrale/target/debug/centrale');

const assets = env.CENTRALE_E2E_ASSETS ?? '../dist';
const listen = `127.0.0.1:${env.CENTRALE_E2E_PORT}`;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  forbidOnly: !!env.CI,
  // A user of the demo organisation belongs to one file, so that files can run beside each other.
  fullyParallel: false,
  workers: 2,
  reporter: [['list']],
  snapshotPathTemplate: '{testDir}/snapshots/{testFileName}/{arg}{ext}',
  use: {
    baseURL: `http://${listen}`,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  webServer: {
    command: `"${env.CENTRALE_BIN}" serve --demo --listen ${listen} --assets "${assets}" --database "${env.CENTRALE_E2E_DATABASE}"`,
    url: `http://${listen}/`,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
