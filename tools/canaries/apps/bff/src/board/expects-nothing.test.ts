// must fail: expect-expect
import { test } from 'vitest'

test('is green whatever happens', () => {})
