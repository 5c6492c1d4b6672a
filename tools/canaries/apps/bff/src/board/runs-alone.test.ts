// must fail: every-test-runs
import { test } from 'vitest'

test.only('says nothing of the others', () => {})
