import { describe, expect, it } from 'vitest'
import { type UnchainedEntry, chain, fits, genesis, hashOf } from './chain.ts'

const said = (number: number): UnchainedEntry => ({
  number,
  id: `entry-${number}`,
  kind: 'held',
  how: 'observed',
  known: 'bounded',
  workspace: 'w',
  namespace: 'n',
  draft_id: 'd',
  draft_name: '支付对账',
  from_id: null,
  from_name: null,
  to_id: '71',
  to_name: 'Lin',
  from_claim: null,
  to_claim: null,
  claim_at: null,
  claim_on_behalf_of: null,
  at_after: 1,
  at_by: 2,
  recorded_at: 3,
  actor_id: null,
  token: null,
  reason: null,
  outcome: null,
  intent_id: null,
  request_id: null,
  identity: null,
  count: null,
})

describe('the chain', () => {
  const first = chain(genesis, said(1))
  const second = chain(first.hash, said(2))

  it('begins with number 1 behind nothing', () => {
    expect(first.prev).toBe(genesis)
    expect(fits(null, first)).toBe(true)
    expect(fits(first, second)).toBe(true)
  })

  it('notices a change of any field', () => {
    const fields = Object.keys(said(2)) as (keyof UnchainedEntry)[]
    const unnoticed = fields.filter(field => {
      const changed = { ...second, [field]: second[field] === null ? 'x' : null }
      return hashOf(first.hash, changed as typeof second) === second.hash
    })
    expect(unnoticed).toEqual([])
    expect(fits(first, { ...second, reason: 'made up' })).toBe(false)
  })

  it('notices whatever was written before, and a number or a predecessor that is not the one before', () => {
    expect(hashOf(genesis, said(2))).not.toBe(second.hash)
    expect(fits(first, chain(genesis, said(2)))).toBe(false)
    expect(fits(first, chain(first.hash, said(3)))).toBe(false)
    expect(fits(null, chain(genesis, said(2)))).toBe(false)
  })

  it('notices a missing, a repeated and an exchanged entry', () => {
    expect(fits(null, second)).toBe(false)
    expect(fits(first, first)).toBe(false)
    expect(fits(second, first)).toBe(false)
    const third = chain(second.hash, said(3))
    expect(fits(first, { ...third, number: 2 })).toBe(false)
  })

  it('tells null from the empty text and keeps fields apart', () => {
    expect(hashOf(genesis, { ...said(1), reason: '' })).not.toBe(hashOf(genesis, said(1)))
    expect(hashOf(genesis, { ...said(1), to_id: 'a', to_name: 'b' })).not.toBe(
      hashOf(genesis, { ...said(1), to_id: 'ab', to_name: '' }),
    )
  })
})
