import { EventKind, type Role } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { maySee } from './who-sees.ts'

const sees = (role: Role | null, actor: string | null) =>
  EventKind.options.filter(kind => maySee({ kind, actor_id: actor }, { personId: 'bo', role })).toSorted()

const open = ['changed', 'deleted', 'freed', 'gap', 'held']
const all = EventKind.options.toSorted()

describe('of what somebody else did', () => {
  it.each(['viewer', 'editor'] as const)('a %s sees transitions and gaps', role => {
    expect(sees(role, 'di')).toEqual(open)
    expect(sees(role, null)).toEqual(open)
  })

  it('an admin sees everything', () => {
    expect(sees('admin', 'di')).toEqual(all)
  })
})

describe('of what one did oneself', () => {
  it.each(['viewer', 'editor', 'admin'] as const)('a %s sees everything', role => {
    expect(sees(role, 'bo')).toEqual(all)
  })

  it('nothing is seen any more by who has lost every role there', () => {
    expect(sees(null, 'bo')).toEqual([])
  })
})
