import { describe, expect, it } from 'vitest'
import type { DraftState } from '../ledger/draft-state.ts'
import { boardBody } from './board-body.ts'
import { createRowEncoder } from './encoded-rows.ts'
import { type DraftView, presentDraft } from './present-draft.ts'

const draft = (facts: Partial<DraftState> = {}): DraftState => ({
  ref: { workspace: 'w', namespace: 'n', draftId: 'd' },
  name: '支付对账',
  folderId: 'f',
  kind: 'SQLSCRIPT',
  engineVersion: null,
  labels: {},
  modifiedAt: 1,
  modifierName: null,
  deletedAt: null,
  lock: null,
  intents: [],
  ...facts,
})
const held = draft({
  lock: {
    holder: { id: 'svc', name: 'svc' },
    lockId: 'l',
    since: { after: 1, by: 2 },
    known: 'exact',
    claim: { personId: 'bo', at: 2, reason: null, onBehalfOf: null },
  },
})
const view = (facts: Partial<DraftView> = {}, name = 'Bo Chen', personId = 'bo'): DraftView => ({
  onlooker: { isService: () => true, names: new Map([['bo', name]]), personId },
  role: 'editor',
  workspace: { rulesOf: () => ({ policy: 'soft', overdueAfterMs: 1 }), consoleUrlOf: () => 'https://console.example' },
  folderPath: () => 'payments',
  ...facts,
})

describe('an encoded row', () => {
  it.each([
    ['a free draft', draft()],
    ['a held one', held],
  ])('says of %s what the contract says, whoever looks and whatever its names have become', (_, one) => {
    const encodeRow = createRowEncoder()
    const views = [
      view(),
      view({}, 'Bo Chen-Weber'),
      view({}, 'Bo Chen', 'di'),
      view({ role: 'viewer' }),
      view({ role: 'admin' }),
      view({ folderPath: () => 'payments/renamed' }),
    ]
    for (const looked of [...views, ...views])
      expect(JSON.parse(encodeRow(one, looked))).toEqual(JSON.parse(JSON.stringify(presentDraft(one, looked))))
  })
})

describe('the body of the board', () => {
  const rest = { total: 0, cursor: 'c', namespaces: [] }
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
})
