import { expect, it } from 'vitest'
import { createAbsentIds } from './absent-ids.ts'

it('remembers for a minute, and no more than so many', () => {
  let now = 0
  const absent = createAbsentIds({ now: () => now })
  const ref = (draftId: string) => ({ workspace: 'w', namespace: 'n', draftId })
  absent.remember(ref('a'))
  expect([absent.has(ref('a')), absent.has(ref('b'))]).toEqual([true, false])
  now = 59_999
  expect(absent.has(ref('a'))).toBe(true)
  now = 60_000
  expect(absent.has(ref('a'))).toBe(false)
  for (let id = 0; id < 10_001; id++) absent.remember(ref(String(id)))
  expect([absent.has(ref('0')), absent.has(ref('1')), absent.has(ref('10000'))]).toEqual([false, true, true])
})
