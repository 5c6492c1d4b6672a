import { describe, expect, it } from 'vitest'
import { draftTitle, partyBehind, partyName, partyNameBeside, shown } from './shown-name.ts'

const lin = { id: '260011837452910031', name: 'Lin Wei' }
const otherLin = { id: '260011837452945612', name: 'Lin Wei' }

describe('a name as it is shown', () => {
  it('is the end of the id where there is no name', () => {
    for (const name of ['', '  ', '\u3000\u200b']) expect(partyName({ ...otherLin, name })).toBe('id ··45612')
  })

  it('does not turn the reading direction', () => {
    expect(shown('dwd_\u202etxt.lqs\u202c \u2066x\u2069')).toBe('dwd_txt.lqs x')
    expect(partyName({ ...lin, name: '\u202e' })).toBe('id ··10031')
  })

  it('has the end of the id beside somebody else of that name, and only there', () => {
    expect(partyNameBeside(lin, otherLin)).toBe('Lin Wei ··10031')
    expect(partyNameBeside(otherLin, lin)).toBe('Lin Wei ··45612')
    expect(partyNameBeside(lin, { ...otherLin, name: 'Lin\u202e Wei' })).toBe('Lin Wei ··10031')
    expect(partyNameBeside(lin, lin)).toBe('Lin Wei')
    expect(partyNameBeside(lin, null)).toBe('Lin Wei')
  })

  it('is that of the person behind the holder, where that one has a name', () => {
    const service = { id: '9', name: 'svc-lockdesk', kind: 'service', member: null } as const
    expect(partyBehind(service, { id: 'p', name: 'Bo Chen' }).name).toBe('Bo Chen')
    expect(partyBehind(service, { id: 'p', name: '' }).name).toBe('svc-lockdesk')
    expect(partyBehind(service, null).name).toBe('svc-lockdesk')
  })

  it('is the id of a draft whose name is blanks only', () => {
    expect(draftTitle('  ', 'd-1')).toBe('d-1')
    expect(draftTitle('dwd\u202e', 'd-1')).toBe('dwd')
  })
})
