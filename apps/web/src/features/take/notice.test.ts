import type { BoardDraft, Holder, Problem, ProblemCode, TakeOutcome } from '@lockdesk/contract'
import { Outcome, ProblemCode as ProblemCodes } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import type { TakeAnswer } from './answer.ts'
import type { Intention } from './intention.ts'
import { detailsOf, isPending, noticeOf, settledNotice } from './notice.ts'
import { waitInWords } from './problem-notice.ts'
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'

const lin: Holder = { id: '71', name: 'Lin Wei', kind: 'person', member: null }
const mei: Holder = { id: '72', name: '张梅', kind: 'person', member: null }
const service: Holder = { id: '9', name: 'svc-lockdesk', kind: 'service', member: null }
const bo = { id: 'p-bo', name: 'Bo Chen' }
const ada = { id: 'p-ada', name: 'Ada Okoye' }

const free: Intention = {
  ref: { workspace: 'w', namespace: 'risk-prod', draftId: 'd1' },
  draftName: 'dws_order_gmv_1m',
  consoleUrl: 'https://console.example/d1',
  holder: null,
  claimant: null,
}
const heldByLin: Intention = { ...free, holder: lin }
const heldByAda: Intention = { ...free, holder: service, claimant: ada }

function outcome(changes: Partial<TakeOutcome>): TakeAnswer {
  return {
    kind: 'outcome',
    outcome: { outcome: 'taken', previousHolder: null, holder: service, claim: null, eventId: 'e1', ...changes },
  }
}

function problem(code: ProblemCode, changes: Partial<Problem> = {}, retryAfterMs: number | null = null): TakeAnswer {
  return {
    kind: 'problem',
    problem: { type: `urn:${code}`, title: code, status: 409, code, ...changes },
    retryAfterMs,
  }
}

const say = (answer: TakeAnswer, intention = free, words = en) =>
  noticeOf(answer, { intention, identity: 'svc-lockdesk' }, words)

describe('what a person is told after a take', () => {
  it('says that a free draft is theirs, and that the cloud has no release', () => {
    const notice = say(outcome({ claim: { by: bo, at: '2026-11-24T16:14:00.000Z' } }))
    expect(notice.title).toBe('You hold dws_order_gmv_1m')
    expect(notice.text).toBe('It was free. It stays yours until somebody else takes it: the cloud has no release.')
    expect(notice.actions).toEqual(['open-editor', 'add-reason'])
    expect(notice.stays).toBe(false)
  })

  it('names the previous holder of what was taken over', () => {
    expect(say(outcome({ previousHolder: lin }), heldByLin).text).toMatch(/^Lin Wei held it before\./)
  })

  it('says that only the claim moved where the cloud keeps naming the same account', () => {
    expect(say(outcome({ previousHolder: service }), heldByAda).text).toMatch(
      /^Ada Okoye held it through Lockdesk; the cloud keeps naming svc-lockdesk\./,
    )
  })

  it('does not ask for a reason that was given', () => {
    const claim = { by: bo, at: '2026-11-24T16:14:00.000Z', reason: 'backfill' }
    expect(say(outcome({ claim })).actions).toEqual(['open-editor'])
  })

  it('says so where only the cloud’s answer confirms it', () => {
    expect(say(outcome({ confirmedBy: 'answer' })).text).toContain(en.taken.byAnswer)
  })

  it('does not celebrate what was already theirs', () => {
    expect(say(outcome({ outcome: 'already-yours' }))).toMatchObject({
      title: 'dws_order_gmv_1m was already yours',
      text: 'Nothing was sent and nothing changed.',
      actions: ['open-editor'],
    })
  })

  it('names the winner of a lost race, and offers to take over', () => {
    const notice = say(problem('held-by-other', { outcome: 'held-by-other', holder: mei, claim: null }))
    expect(notice.title).toBe('张梅 got dws_order_gmv_1m before you')
    expect(notice.actions).toEqual(['take-over'])
  })

  it('names the person behind the shared account, not the account', () => {
    const claim = { by: ada, at: '2026-11-24T16:14:00.000Z' }
    expect(say(problem('held-by-other', { outcome: 'held-by-other', holder: service, claim })).title).toBe(
      'Ada Okoye got dws_order_gmv_1m before you',
    )
  })

  it('says that the holder kept it where the cloud does not hand it over', () => {
    const notice = say(problem('held-by-other', { outcome: 'held-by-other', holder: lin }), heldByLin)
    expect(notice.title).toBe('Lin Wei still holds dws_order_gmv_1m')
  })

  it('says that a lock was got and lost again, and whose text that may have cost', () => {
    const lost = { outcome: 'held-by-other', holder: mei, claim: null, confirmedBy: 'answer' } as const
    const over = say(problem('held-by-other', { ...lost, previousHolder: lin }), heldByLin)
    expect(over.title).toBe('You had dws_order_gmv_1m for a moment; 张梅 has it now')
    expect(over.text).toContain('what Lin Wei had not saved may be lost')
    expect(over.actions).toEqual(['take-over'])
    const back = say(problem('held-by-other', { ...lost, holder: lin, previousHolder: lin }), heldByLin)
    expect(back.title).toBe('You had dws_order_gmv_1m for a moment; Lin Wei has it now')
    expect(back.text).not.toContain('Nothing changed')
    const wasFree = say(problem('held-by-other', { ...lost, previousHolder: null }))
    expect(wasFree.text).toBe('You do not hold it any more. It was free before you got it.')
    expect(say(problem('held-by-other', { ...lost, previousHolder: lin }), heldByLin, zh).text).toContain(
      'Lin Wei 失去了锁',
    )
  })

  it('tells the true cause where the draft could not be read, in the reader’s language', () => {
    const forbidden = problem('cloud-unavailable', { errorCode: 'Forbidden.RAM', detail: 'Said in English.' })
    expect(say(forbidden).text).toContain('An administrator of the Alibaba Cloud account can grant it.')
    expect(say(forbidden, free, zh).text).toContain('可由阿里云账号管理员授权')
    const precise = problem('cloud-unavailable', { errorCode: '990301', detail: 'Said in English.' })
    expect(say(precise).text).toBe('Said in English.')
    expect(say(precise, free, zh).text).toContain('990301')
    expect(say(problem('cloud-unavailable'), free, zh).text).toContain('云端恢复应答后')
    expect(say(problem('cloud-unavailable', { errorCode: 'Throttling.User' }, 5000)).text).toContain('in 5 s')
  })

  it('offers one more try where the winner let go at once', () => {
    expect(say(problem('held-by-other', { outcome: 'held-by-other', holder: null }))).toMatchObject({
      title: 'dws_order_gmv_1m is free again',
      actions: ['take'],
    })
  })

  it('says which of the two layers refused, what is missing and who can grant it', () => {
    const ram = say(
      problem('refused', { outcome: 'refused', layer: 'ram', errorCode: 'Forbidden.RAM', requestId: '7F3A' }),
    )
    expect(ram.text).toContain('stream:GetDeploymentDraftLock')
    expect(ram.text).toContain('administrator of the Alibaba Cloud account')
    expect(ram.requestId).toBe('7F3A')
    const role = say(problem('refused', { outcome: 'refused', layer: 'namespace-role' }))
    expect(role.text).toContain('“Unlock SQL/YAML Job Draft”')
    expect(role.text).toContain('An owner of risk-prod can grant it')
    expect(say(problem('refused', { outcome: 'refused', layer: 'unspecified', errorCode: '990301' })).text).toBe(
      'The cloud refused and did not say why. Its code is 990301. Nothing changed.',
    )
  })

  it('claims neither success nor failure where the end is not known', () => {
    const notice = say(problem('unknown', { outcome: 'unknown', holder: null }))
    expect(notice.title).toBe('We do not know yet whether you hold dws_order_gmv_1m')
    expect(notice.text).toContain('Lockdesk is reading the draft, not asking again.')
    expect(notice.tone).toBe('warn')
    expect(say(problem('unknown', { outcome: 'unknown', holder: { ...lin, id: '4321' } })).text).toContain('4321')
  })

  it('says that nothing was sent where the holder changed before', () => {
    const changed = say(problem('holder-changed', { outcome: 'held-by-other', holder: mei }))
    expect(changed.title).toBe('张梅 holds dws_order_gmv_1m now')
    expect(changed.text).toContain('Nothing was sent')
    expect(changed.actions).toEqual(['take-over'])
    expect(say(problem('holder-changed', { outcome: 'held-by-other', holder: null }), heldByLin).actions).toEqual([
      'take',
    ])
  })

  it('says how long to wait', () => {
    expect(say(problem('throttled', { layer: 'gateway' }, 12_000)).text).toContain('in 12 s')
    expect(say(problem('too-many', {}, 300_000)).text).toContain('in 5 min')
    expect(waitInWords(null, en)).toBe('in a while')
  })

  it('names the missing right', () => {
    expect(say(problem('no-right', { right: 'take-over' })).text).toContain('“take-over” in risk-prod')
  })

  it('does not say that nothing was sent where the browser got no answer', () => {
    const lost = say({ kind: 'lost' })
    expect(lost.title).toBe('We do not know whether the take of dws_order_gmv_1m was sent')
    expect(lost.actions).toEqual([])
  })

  it('treats a code it does not know as not certain', () => {
    expect(say(problem('brand-new' as ProblemCode)).title).toBe(say(problem('internal')).title)
  })

  it('says how a take ended that was not known at first', () => {
    const draft: BoardDraft = {
      ref: free.ref,
      name: free.draftName,
      folder: '',
      kind: null,
      engineVersion: null,
      labels: {},
      modifiedAt: null,
      modifierName: null,
      consoleUrl: free.consoleUrl,
      lock: null,
      may: { take: true, takeOver: false },
    }
    const at = '2026-11-24T16:14:00.000Z'
    const lock = {
      holder: mei,
      seenSince: { after: at, by: at },
      known: 'bounded',
      overdueAt: null,
      claim: null,
    } as const
    expect(settledNotice(draft, false, en)).toMatchObject({
      title: 'Settled: you do not hold dws_order_gmv_1m',
      text: 'It is free.',
      actions: ['take'],
    })
    expect(settledNotice({ ...draft, lock }, false, en).text).toBe('张梅 holds it.')
    expect(settledNotice({ ...draft, lock }, true, en).title).toBe('Settled: you hold dws_order_gmv_1m')
    expect(isPending(problem('unknown'))).toBe(true)
    expect(isPending({ kind: 'lost' })).toBe(false)
  })

  it('gives support the ids and the layer', () => {
    const answer = problem('refused', { layer: 'ram', errorCode: 'Forbidden.RAM', requestId: '7F3A', status: 403 })
    expect(detailsOf(answer, { intention: free, identity: null })).toBe(
      [
        'draft: dws_order_gmv_1m',
        'ref: w/risk-prod/d1',
        'code: refused',
        'status: 403',
        'layer: ram',
        'cloud code: Forbidden.RAM',
        'request: 7F3A',
      ].join('\n'),
    )
  })

  for (const [language, words] of [
    ['English', en],
    ['中文', zh],
  ] as const) {
    it(`has whole sentences for every outcome and every code in ${language}`, () => {
      const answers = [
        ...Outcome.options.map(value => outcome({ outcome: value, previousHolder: lin })),
        ...ProblemCodes.options.map(code => problem(code, { holder: mei })),
        { kind: 'lost' } as const,
      ]
      for (const answer of answers) {
        for (const intention of [free, heldByLin, heldByAda]) {
          const { title, text } = noticeOf(answer, { intention, identity: null }, words)
          expect(title.length).toBeGreaterThan(4)
          expect(`${title} ${text}`).not.toMatch(/undefined|null|\[object|NaN/)
          expect(text).toMatch(/[.。]$/)
        }
      }
    })
  }
})
