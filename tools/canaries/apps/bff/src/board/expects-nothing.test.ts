import { test } from 'vitest'

// must fail: expect-expect
test('is green whatever happens', () => {})
