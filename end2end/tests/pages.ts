// Every page and dialog of the portal, and how to get there: for what holds on all of them.
import { type Page } from '@playwright/test';

type Language = 'nl' | 'en';

export interface Place {
  name: string;
  /** Who looks at it; nobody: before the log-in. */
  login?: string;
  path: string;
  /** What opens it, once the page is there. */
  open?: (page: Page, language: Language) => Promise<void>;
  /** The heading that tells that it is there, as [Dutch, English]. */
  heading: [string, string];
}

const pressIn = (role: 'main' | 'dialog') => (dutch: string | RegExp, english: string | RegExp) => async (page: Page, language: Language) => {
  await page.getByRole(role).getByRole('button', { name: language === 'nl' ? dutch : english }).first().click();
};

const press = pressIn('main');
const pressInDialog = pressIn('dialog');

/** Users and administrators whose settings no journey changes. */
export const PLACES: Place[] = [
  { name: 'log-in', path: '/', heading: ['Inloggen', 'Log in'] },
  { name: 'overview', login: 'beheer.klantenservice', path: '/', heading: ['Van Dijk Logistiek', 'Van Dijk Logistiek'] },
  { name: 'location', login: 'beheer.klantenservice', path: '/?location=1', heading: ['Utrecht', 'Utrecht'] },
  { name: 'location-schedules', login: 'beheer.utrecht', path: '/locations/1/schedules', heading: ['Schema’s', 'Schedules'] },
  { name: 'services', login: 'sanne', path: '/users/1/services', heading: ['Oproepfuncties', 'Call services'] },
  {
    name: 'forwarding',
    login: 'sanne',
    path: '/users/1/services',
    open: press('Bewerken: Doorschakelen bij geen antwoord', 'Edit: Call forwarding no answer'),
    heading: ['Doorschakelen bij geen antwoord', 'Call forwarding no answer'],
  },
  {
    name: 'rules',
    login: 'sanne',
    path: '/users/1/services',
    open: async (page, language) => {
      await press('Bewerken: Geselecteerde oproepen doorschakelen', 'Edit: Call forwarding selective')(page, language);
      await pressInDialog('Bewerken: Behalve thuis en de receptie', 'Edit: Behalve thuis en de receptie')(page, language);
    },
    heading: ['Geselecteerde oproepen doorschakelen', 'Call forwarding selective'],
  },
  {
    name: 'sequential-ring',
    login: 'sanne',
    path: '/users/1/services',
    open: async (page, language) => {
      await press('Bewerken: Sequentieel bellen', 'Edit: Sequential ring')(page, language);
      await pressInDialog('Nummer toevoegen', 'Add number')(page, language);
    },
    heading: ['Sequentieel bellen', 'Sequential ring'],
  },
  {
    name: 'speed-dial',
    login: 'sanne',
    path: '/users/1/services',
    open: async (page, language) => {
      await press('Bewerken: Snelkiesnummers', 'Edit: Speed dial')(page, language);
      await pressInDialog('Snelkiesnummer toevoegen', 'Add speed dial')(page, language);
    },
    heading: ['Snelkiesnummers', 'Speed dial'],
  },
  {
    name: 'privacy',
    login: 'sanne',
    path: '/users/1/services',
    open: async (page, language) => {
      await press('Bewerken: Privacy', 'Edit: Privacy')(page, language);
      const dialog = page.getByRole('dialog');
      const find = dialog.getByRole('combobox', { name: language === 'nl' ? 'Collega zoeken' : 'Search for a colleague' });
      await find.fill('daan');
      await dialog.getByRole('option', { name: 'Daan Visser (143)' }).waitFor();
      await find.press('Enter');
      await find.fill('lotte');
      await dialog.getByRole('option', { name: 'Lotte Meijer (146)' }).waitFor();
    },
    heading: ['Privacy', 'Privacy'],
  },
  { name: 'schedules', login: 'sanne', path: '/users/1/schedules', heading: ['Schema’s', 'Schedules'] },
  { name: 'week', login: 'sanne', path: '/users/1/schedules', open: press(/^Thuiswerken/, /^Thuiswerken/), heading: ['Precieze tijden', 'Exact times'] },
  { name: 'holidays', login: 'sanne', path: '/users/1/schedules', open: press(/^Vakantie/, /^Vakantie/), heading: ['Schema’s', 'Schedules'] },
  { name: 'profile', login: 'sanne', path: '/users/1/profile', heading: ['Profiel', 'Profile'] },
  { name: 'account', login: 'beheer.klantenservice', path: '/account', heading: ['Uw account', 'Your account'] },
  { name: 'password', path: '/password#none', heading: ['Kies een wachtwoord', 'Choose a password'] },
  { name: 'not-found', login: 'sanne', path: '/nowhere', heading: ['Deze pagina is er niet', 'This page is not here'] },
];

/** Goes there. */
export async function go(page: Page, place: Place, language: Language) {
  await page.goto(place.path);
  await place.open?.(page, language);
  await page.getByRole('heading', { name: place.heading[language === 'nl' ? 0 : 1], exact: true }).first().waitFor();
  await page.waitForLoadState('networkidle');
}
