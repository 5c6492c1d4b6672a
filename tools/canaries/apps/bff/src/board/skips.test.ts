// must fail: every-test-runs
import { test } from 'vitest'

test.skip('says nothing', () => {})
