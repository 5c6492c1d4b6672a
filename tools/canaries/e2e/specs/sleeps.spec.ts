// must fail: no-sleeps
import { test } from '@playwright/test'

test('hopes that a second is enough', ({ page }) => page.waitForTimeout(1000))
