import { describe, expect, it } from 'vitest'
import { abilityOf, hasRole, isMine, roleIn } from './ability.ts'
import { lin, sampleDraft, sampleLock, sampleMe, service } from './sample-board.ts'

const at = { workspace: 'w1', namespace: 'trade-prod' }

describe('what a person may do with a draft', () => {
  it('is nothing for a viewer, whatever the lock', () => {
    const me = sampleMe('viewer')
    expect(abilityOf(null, at, me, 'soft')).toEqual({ take: false, takeOver: false, whyCode: 'role' })
    expect(abilityOf(sampleLock(lin), at, me, 'soft')).toEqual({ take: false, takeOver: false, whyCode: 'role' })
  })

  it('is taking a free lock, and taking over where the policy is soft, for an editor', () => {
    const me = sampleMe('editor')
    expect(abilityOf(null, at, me, 'hard')).toEqual({ take: true, takeOver: false })
    expect(abilityOf(sampleLock(lin), at, me, 'soft')).toEqual({ take: false, takeOver: true })
    expect(abilityOf(sampleLock(lin), at, me, 'hard')).toEqual({ take: false, takeOver: false, whyCode: 'policy' })
  })

  it('is taking over for an admin even where the policy is hard', () => {
    expect(abilityOf(sampleLock(lin), at, sampleMe('admin'), 'hard')).toEqual({ take: false, takeOver: true })
  })

  it('goes by the strongest role that matches the namespace', () => {
    const me = sampleMe('viewer', [
      { workspace: '*', namespace: '*', role: 'viewer' },
      { workspace: 'w1', namespace: '*-prod', role: 'editor' },
      { workspace: 'w2', namespace: '*', role: 'admin' },
    ])
    expect(roleIn(me.roles, at)).toBe('editor')
    expect(roleIn(me.roles, { workspace: 'w1', namespace: 'trade-dev' })).toBe('viewer')
    expect(roleIn([], at)).toBeNull()
    expect(hasRole(me, 'admin')).toBe(true)
  })

  it('knows a claim for somebody else’s run as not one’s own', () => {
    const me = sampleMe('editor')
    const claim = { by: me.person, at: '2026-11-25T07:00:00.000Z' }
    expect(isMine(sampleDraft('a', { lock: sampleLock(service, { claim }) }), me)).toBe(true)
    const forRun = { ...claim, onBehalfOf: 'run 7' }
    expect(isMine(sampleDraft('a', { lock: sampleLock(service, { claim: forRun }) }), me)).toBe(false)
    expect(isMine(sampleDraft('a', { lock: sampleLock(service) }), me)).toBe(false)
  })

  it('knows the shared identity by its id, whatever it is called', () => {
    const me = sampleMe('editor')
    const renamed = { ...service, name: 'svc-lockdesk-2' }
    const claim = { by: me.person, at: '2026-11-25T07:00:00.000Z' }
    expect(isMine(sampleDraft('a', { lock: sampleLock(renamed, { claim }) }), me)).toBe(true)
    expect(isMine(sampleDraft('a', { lock: sampleLock(renamed) }), me)).toBe(false)
  })

  it('knows the claim of a namesake as not one’s own', () => {
    const me = sampleMe('editor')
    const claim = { by: { ...me.person, id: 'bo-2' }, at: '2026-11-25T07:00:00.000Z' }
    expect(isMine(sampleDraft('a', { lock: sampleLock(service, { claim }) }), me)).toBe(false)
    expect(abilityOf(sampleLock(service, { claim }), at, me, 'soft')).toEqual({ take: false, takeOver: true })
  })
})
