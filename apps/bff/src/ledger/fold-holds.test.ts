import { describe, expect, it } from 'vitest'
import { sampleEntry } from '../../fixtures/sample-entry.ts'
import { foldHolds } from './fold-holds.ts'
import type { Entry } from './ledger.ts'
import { presentHold } from './present-hold.ts'

const onlooker = {
  isService: (_: string, id: string) => id === 'svc',
  names: new Map([['bo', 'Bo Chen']]),
  personId: 'bo',
}
const holds = (...oldestFirst: Partial<Entry>[]) => {
  const entries = oldestFirst.map((facts, at) => sampleEntry(at + 1, { kind: 'changed', ...facts }))
  return foldHolds(entries)
    .toReversed()
    .map(hold => presentHold(hold, onlooker))
}
const lin = { to_id: '71', to_name: 'Lin' }
const bos = {
  to_id: 'svc',
  to_name: 'svc-lockdesk',
  to_claim: 'bo',
  claim_at: 7,
  how: 'lockdesk',
  actor_id: 'bo',
} as const

describe('holds', () => {
  it('last from one holder to the next, with the uncertainty of both ends', () => {
    expect(holds({ kind: 'held', ...lin, known: 'at-least', at_after: null }, { kind: 'freed' })).toEqual([
      {
        ref: { workspace: 'w', namespace: 'n', draftId: 'd' },
        draftName: 'orders',
        holder: { id: '71', name: 'Lin', kind: 'person', self: false, member: null },
        from: { after: null, by: '1970-01-01T00:00:01.000Z' },
        until: { after: '1970-01-01T00:00:01.500Z', by: '1970-01-01T00:00:02.000Z' },
        known: 'at-least',
        how: 'observed',
      },
    ])
  })

  it('end where another holder begins; the newest comes first and may still last', () => {
    const [newest, oldest] = holds({ kind: 'held', ...lin }, { to_id: '72', to_name: 'Lin' })
    expect([newest?.holder.id, newest?.until, oldest?.holder.id]).toEqual(['72', null, '71'])
    expect(oldest?.until).toEqual(newest?.from)
  })

  it('are told apart by claim behind a shared holder', () => {
    const [second, first] = holds(
      { kind: 'held', ...bos, known: 'exact', reason: 'fix' },
      { ...bos, to_claim: 'ada', claim_at: 9, actor_id: 'ada' },
    )
    expect(first).toMatchObject({ claim: { by: { id: 'bo', name: 'Bo Chen' }, reason: 'fix' }, holder: { self: true } })
    expect(second).toMatchObject({ claim: { by: { id: 'ada', name: 'ada' } }, holder: { self: false }, until: null })
  })

  it('begin anew where the cloud ended a claim, and for another run of the same person', () => {
    expect(holds({ kind: 'held', ...bos }, { to_id: 'svc', to_name: 'svc-lockdesk' })).toHaveLength(2)
    expect(holds({ kind: 'held', ...bos }, { ...bos, claim_at: 9, claim_on_behalf_of: 'run 2' })).toHaveLength(2)
  })

  it('go on when only the reason is another, and show the latest', () => {
    const found = holds({ kind: 'held', ...bos, reason: 'first' }, { ...bos, reason: 'second' })
    expect(found.map(({ claim, from }) => [claim?.reason, from.by])).toEqual([['second', '1970-01-01T00:00:01.000Z']])
  })

  it('end with the draft', () => {
    const found = holds({ kind: 'held', ...lin }, { kind: 'deleted' }, { kind: 'held', ...lin })
    expect(found.map(({ until }) => until?.by ?? null)).toEqual([null, '1970-01-01T00:00:02.000Z'])
  })

  it('are none where nothing was held', () => {
    expect(holds()).toEqual([])
    expect(holds({ kind: 'deleted' })).toEqual([])
  })
})
