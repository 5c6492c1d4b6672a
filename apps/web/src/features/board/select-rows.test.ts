import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lin, mei, sampleDraft, sampleLock, sampleMe, service } from '../../live/sample-board.ts'
import { readSort, sortColumns } from './search.ts'
import { countStates, inScope, isInState, matching, rankOf, sorted } from './select-rows.ts'

const me = sampleMe('editor')
const now = Date.parse('2026-11-25T08:00:00.000Z')
const mine = sampleLock(service, {
  claim: { by: me.person, at: '2026-11-25T07:00:00.000Z', reason: 'late-arrival fix' },
})
const overdue = sampleLock(mei, { overdueAt: '2026-11-25T07:59:59.000Z' })
const orphaned = sampleLock({ ...lin, member: false })
const drafts = [
  sampleDraft('1', { name: '支付对账_T+1', folder: 'payment' }),
  sampleDraft('2', { name: 'dwd_order_refund', folder: 'orders', lock: sampleLock(lin) }),
  sampleDraft('3', { name: 'dwd_payment_join', folder: 'payment/daily', lock: mine }),
  sampleDraft('4', { name: 'dim_city', ref: { workspace: 'w1', namespace: 'risk', draftId: '4' }, lock: overdue }),
  sampleDraft('5', { name: 'dim_sku', ref: { workspace: 'w2', namespace: 'risk', draftId: '5' }, lock: orphaned }),
]
const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

describe('the count strip', () => {
  it('counts what its filter shows', () => {
    const counts = countStates(drafts, me, now)
    expect(counts).toEqual({ all: 5, free: 1, held: 4, mine: 1, overdue: 1, orphaned: 1 })
    for (const state of ['free', 'held', 'mine', 'overdue', 'orphaned'] as const) {
      expect(drafts.filter(draft => isInState(draft, state, me, now))).toHaveLength(counts[state])
    }
  })

  it('shows one workspace, one namespace, or all', () => {
    expect(inScope(drafts, {})).toHaveLength(5)
    expect(namesOf(inScope(drafts, { ns: 'risk' }))).toEqual(['dim_city', 'dim_sku'])
    expect(namesOf(inScope(drafts, { ns: 'risk', workspace: 'w2' }))).toEqual(['dim_sku'])
  })
})

describe('the filter', () => {
  it.each([
    ['支付', ['支付对账_T+1']],
    ['REFUND', ['dwd_order_refund']],
    ['lin wei', ['dwd_order_refund', 'dim_sku']],
    ['bo chen', ['dwd_payment_join']],
    ['arrival', ['dwd_payment_join']],
    ['payment dwd', ['dwd_payment_join']],
    ['ｄｉｍ＿ｃｉｔｙ', ['dim_city']],
    ['sqlscript', []],
    ['  ', namesOf(drafts)],
  ])('finds %s', (query, names) => {
    expect(namesOf(matching(drafts, query))).toEqual(names)
  })

  it('looks into ids only where the word is long enough to mean one', () => {
    const draft = sampleDraft('c84d73be-40ad', { name: 'x' })
    expect(matching([draft], 'c84d73be')).toHaveLength(1)
    expect(matching([draft], 'c84')).toHaveLength(0)
  })

  it('puts the name that begins with the word before the one that has it, and that before a place', () => {
    expect(
      ['dwd_payment_join', 'pay_x', 'y'].map(name => rankOf(sampleDraft('1', { name, folder: 'pay' }), 'pay')),
    ).toEqual([1, 0, 2])
  })
})

describe('the order', () => {
  it('is by folder unless told', () => {
    expect(namesOf(sorted(drafts, readSort(undefined), me, now, 'en'))).toEqual([
      'dim_city',
      'dim_sku',
      'dwd_order_refund',
      '支付对账_T+1',
      'dwd_payment_join',
    ])
  })

  it('puts rows without the value at the end, whichever way round', () => {
    for (const sort of ['since', '-since', 'holder', '-holder']) {
      expect(sorted(drafts, readSort(sort), me, now, 'en').at(-1)?.name).toBe('支付对账_T+1')
    }
  })

  it('is the same for the same rows, however they came', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(drafts, { minLength: 5 }),
        fc.constantFrom(...sortColumns),
        fc.boolean(),
        (shuffled, by, descending) => {
          const order = (rows: typeof drafts) => namesOf(sorted(rows, { by, descending }, me, now, 'zh-CN'))
          expect(order(shuffled)).toEqual(order(drafts))
        },
      ),
    )
  })
})
