import { type DraftReader, DraftNotFound, Forbidden, NoAnswer } from '@lockdesk/flink-client'
import { expect, it } from 'vitest'
import { draftOf, place } from '../ledger/ledger-fixture.ts'
import { createAbsences } from './absences.ts'

const facts = { operation: 'GetDeploymentDraft' } as const
const answers = {
  there: async (id: string) => draftOf(id),
  none: (id: string) => Promise.reject(new DraftNotFound(facts, id)),
  forbidden: () => Promise.reject(new Forbidden(facts, 'ram')),
  silent: () => Promise.reject(new NoAnswer(facts, 'timeout')),
}

/** What is doubted of `missing` after sweeps that listed these, where a direct look answers so. */
async function doubts(
  missing: readonly string[],
  sweeps: readonly string[],
  answer: (id: string) => keyof typeof answers,
) {
  const asked: string[] = []
  const reader: Pick<DraftReader, 'readDraft'> = {
    readDraft(_, id) {
      asked.push(id)
      return answers[answer(id)](id)
    },
  }
  let suspects: readonly string[] = []
  const { judge } = createAbsences({
    namespace: place,
    reader,
    ledger: { head: async () => 0, looseEnds: async () => ({ missing: suspects, listsCarryLocks: true }) },
    now: () => 0,
    signal: new AbortController().signal,
  })
  let last = await judge({ seen: new Set(), isComplete: false })
  for (const [index, listed] of sweeps.entries()) {
    // What the ledger knows by the time of the last one.
    if (index === sweeps.length - 1) suspects = missing
    last = await judge({ seen: new Set(listed), isComplete: true })
  }
  return { doubted: [...last.doubted].join(''), found: last.found?.draft.draftId ?? null, asked: asked.join('') }
}

it('believes that it is gone what two lists lack, the second of which has all of the first', async () => {
  expect(await doubts(['x'], ['abx', 'ab', 'abc'], () => 'none')).toMatchObject({ doubted: '', asked: 'x' })
  expect(await doubts(['x'], ['abx', 'ab', 'abc'], () => 'forbidden')).toMatchObject({ doubted: '' })
})

it('believes of many that they are gone after a few looks', async () => {
  const gone = [...'abcdefghijklmnopqrst']
  const { doubted, asked } = await doubts(gone, ['xyz', 'xyz'], () => 'none')
  expect([doubted, asked.length]).toEqual(['', 5])
})

it('asks for each that may have slipped where one went while the list was read, and doubts the others', async () => {
  // Of what the first list had, `a` is missing in the second.
  const { doubted, asked } = await doubts([...'opqrstuv'], ['ab', 'b'], () => 'none')
  expect([doubted, asked]).toEqual(['tuv', 'opqrs'])
})

it('doubts all where one is there all the same, and hands it on', async () => {
  expect(await doubts([...'xyz'], ['ab', 'ab'], id => (id === 'y' ? 'there' : 'none'))).toMatchObject({
    doubted: 'xyz',
    found: 'y',
  })
})

it('waits where nobody answers, and where one may not look and the list moved', async () => {
  expect(await doubts([...'xy'], ['ab', 'ab'], () => 'silent')).toMatchObject({ doubted: 'xy' })
  expect(await doubts([...'xy'], ['ab', 'b'], () => 'forbidden')).toMatchObject({ doubted: 'xy' })
})

it('asks for each where it does not know the list before, after a restart say', async () => {
  expect(await doubts([...'x'], ['ab'], () => 'none')).toMatchObject({ doubted: '', asked: 'x' })
  expect(await doubts([...'x'], ['ab'], () => 'silent')).toMatchObject({ doubted: 'x' })
})

it('has nothing to ask for where nothing is missing', async () => {
  expect(await doubts([], ['ab', 'ab'], () => 'there')).toEqual({ doubted: '', found: null, asked: '' })
})
