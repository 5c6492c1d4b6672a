import type { Board } from '@lockdesk/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DraftState } from '../ledger/draft-state.ts'
import { boardBody } from './board-body.ts'
import { createRowEncoder } from './encoded-rows.ts'
import { type DraftView, presentDraft } from './present-draft.ts'

const small = fc.nat({ max: 3 })
const strange = fc.constantFrom('', 'orders', '支付对账', '","may":{}', '\ud83d', '\u2028</script>')
const anyLock = fc.record({
  holder: fc.record({ id: fc.constantFrom('svc', '71'), name: strange }),
  lockId: fc.constant('l'),
  since: fc.record({ after: fc.option(small), by: small }),
  known: fc.constantFrom('exact', 'bounded', 'unwatched', 'at-least'),
  claim: fc.option(
    fc.record({
      personId: fc.constantFrom('bo', 'di', 'erased'),
      at: small,
      reason: fc.option(strange),
      onBehalfOf: fc.option(strange),
    }),
  ),
}) satisfies fc.Arbitrary<DraftState['lock']>
const anyDraft = fc.record({
  ref: fc.record({ workspace: fc.constant('w'), namespace: fc.constant('n'), draftId: strange }),
  name: strange,
  folderId: fc.option(fc.constantFrom('f', 'g')),
  kind: fc.option(strange),
  engineVersion: fc.option(strange),
  labels: fc.dictionary(strange, strange),
  modifiedAt: fc.option(small),
  modifierName: fc.option(strange),
  deletedAt: fc.option(small),
  lock: fc.option(anyLock),
  intents: fc.array(
    fc.record({
      intentId: fc.constant('i'),
      actorId: fc.constant('bo'),
      onBehalfOf: fc.constant(null),
      openedAt: small,
      identityIds: fc.constant(['svc']),
      isPending: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
}) satisfies fc.Arbitrary<DraftState>
/** Whatever a row depends on beside its draft may be another each time: names, members, identities, folders, rules, who looks. */
const anyView = fc
  .record({
    role: fc.constantFrom('viewer', 'editor', 'admin'),
    personId: fc.constantFrom('bo', 'di'),
    name: strange,
    isService: fc.boolean(),
    isMember: fc.option(fc.boolean()),
    folder: strange,
    policy: fc.constantFrom('soft', 'hard'),
    overdueAfterMs: small,
  })
  .map((facts): DraftView => ({
    onlooker: {
      isService: () => facts.isService,
      memberOf: () => facts.isMember,
      names: new Map([['bo', facts.name]]),
      personId: facts.personId,
    },
    role: facts.role,
    workspace: {
      rulesOf: () => ({ policy: facts.policy, overdueAfterMs: facts.overdueAfterMs }),
      consoleUrlOf: (namespace, draftId) => `https://console.example/${namespace}/${draftId}`,
    },
    folderPath: folderId => (folderId === null ? '' : `${facts.folder}/${folderId}`),
  }))

describe('an encoded row', () => {
  it('says what a draft looks like to whoever looks, whatever has become of names, members, folders and rules', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { minLength: 1, maxLength: 4 }), fc.array(anyView), (drafts, views) => {
        const encodeRow = createRowEncoder()
        for (const view of [...views, ...views])
          for (const draft of drafts)
            expect(JSON.parse(encodeRow(draft, view))).toEqual(JSON.parse(JSON.stringify(presentDraft(draft, view))))
      }),
      { numRuns: 300 },
    )
  })

  it('of a free draft is made once for everybody', () => {
    const [draft] = fc.sample(
      anyDraft.map(one => ({ ...one, lock: null, intents: [], folderId: 'f' })),
      1,
    )
    const [view] = fc.sample(anyView, 1)
    if (!draft || !view) throw new Error('there is one of each')
    let made = 0
    const encodeRow = createRowEncoder()
    const look = (folder: string, role: DraftView['role']) =>
      encodeRow(draft, {
        ...view,
        role,
        folderPath: () => folder,
        workspace: { ...view.workspace, consoleUrlOf: () => `https://console.example/${(made += 1)}` },
      })
    for (const role of ['viewer', 'editor', 'admin', 'viewer'] as const) look('payments', role)
    expect(made).toBe(1)
    look('payments, renamed', 'viewer')
    expect(made).toBe(2)
  })
})

describe('the body of the board', () => {
  const rest: Omit<Board, 'drafts'> = { total: 0, cursor: 'c', namespaces: [] }
  const read = async (count: number) => {
    const rows = Array.from({ length: count }, (_, at) => JSON.stringify({ at }))
    return JSON.parse(await new Response(boardBody({ ...rest, total: count }, rows.values())).text())
  }

  it.each([0, 1, 299, 300, 301, 600, 1_234])('has all of %i rows, in order', async count => {
    expect(await read(count)).toEqual({
      drafts: Array.from({ length: count }, (_, at) => ({ at })),
      ...rest,
      total: count,
    })
  })

  it('is not made further than it is read, and ends where the reader leaves', async () => {
    let made = 0
    function* rows() {
      for (;;) yield String(made++)
    }
    const reader = boardBody(rest, rows()).getReader()
    await reader.read()
    await new Promise(setImmediate)
    expect(made).toBe(300)
    await reader.cancel()
    await new Promise(setImmediate)
    expect(made).toBe(300)
  })

  describe('of a reader that stalls', () => {
    const endless = (): Iterator<string> => ({ next: () => ({ value: '{}', done: false }) })
    const hangUp = vi.fn()
    const begin = async () => {
      const reader = boardBody(rest, endless(), hangUp, 1_000).getReader()
      await reader.read()
      return reader
    }
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
    afterEach(() => {
      vi.useRealTimers()
      hangUp.mockReset()
    })

    it('is hung up on', async () => {
      await begin()
      vi.advanceTimersByTime(999)
      expect(hangUp).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1)
      expect(hangUp).toHaveBeenCalledTimes(1)
    })

    it('and goes on in time is not', async () => {
      const reader = await begin()
      vi.advanceTimersByTime(999)
      await reader.read()
      vi.advanceTimersByTime(999)
      expect(hangUp).not.toHaveBeenCalled()
    })

    it('and has left, or has it all, is nobody’s concern', async () => {
      await (await begin()).cancel()
      await new Response(boardBody(rest, ['{}'].values(), hangUp, 1_000)).text()
      vi.advanceTimersByTime(10_000)
      expect(hangUp).not.toHaveBeenCalled()
    })
  })
})
