import { expect, test } from '@playwright/test';
import { accountOf, PASSWORD } from './support/accounts.ts';
import { readPortalState } from './support/portal-state.ts';

test('signs in', async ({ page }) => {
  const { url } = readPortalState();
  await page.goto(`${url}/clips`);
  await expect(page).toHaveURL(/\/signin\?callbackUrl=/);
  await page.getByLabel(/e-?mail/i).fill(accountOf('coach', 'MTL').email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: /sign in/i }).click();
  await expect(page).toHaveURL(/\/clips/);
  await page.screenshot({ path: '/tmp/smoke.png' });
});
