import { expect, it } from 'vitest'
import { draftOf } from '../ledger/ledger-fixture.ts'
import { worthReading } from './worth-reading.ts'

const now = 1_000_000_000
const minute = 60_000
const drafts = [
  { ...draftOf('old'), modifiedAt: now - 900 * 24 * 60 * minute },
  { ...draftOf('saved'), modifiedAt: now - minute },
  draftOf('held'),
  draftOf('open'),
]
const order = (readAt: Record<string, number>, most = 4) =>
  worthReading(
    drafts,
    { isHeld: id => id === 'held', isOpen: id => id === 'open', readAt: id => readAt[id], now },
    most,
  ).join(' ')

it('reads first what somebody has open, then what is held, then what was saved lately', () => {
  expect(order({})).toBe('open held saved old')
  const together = now - minute
  expect(order({ open: together, held: together, saved: together, old: together }, 2)).toBe('open held')
})

it('gives every draft a turn, what it is worth notwithstanding', () => {
  expect(order({ open: now, held: now, saved: now, old: now - minute }, 1)).toBe('old')
  expect(order({ open: now, held: now, old: now }, 1)).toBe('saved')
})
