import { newDraft } from '../fixtures/drafts.ts'
import { expect, test } from '../fixtures/world.ts'

const rounds = 200

test('two people who take one draft together are never both told that they have it', async ({ world, api }) => {
  test.setTimeout(180_000)
  const [ada, bo] = [await api('ada'), await api('bo')]
  const drafts = []
  for (let round = 0; round < rounds; round++) drafts.push(await newDraft(world.emulator, { name: `race-${round}` }))
  await expect
    .poll(async () => (await ada.board()).drafts.filter(({ name }) => name.startsWith('race-')).length)
    .toBe(rounds)

  const free = { expectedHolderId: null, expectedClaim: null }
  for (const { workspace, namespace, draftId } of drafts) {
    const ref = { workspace, namespace, draftId }
    const answers = await Promise.all([ada.take(ref, free), bo.take(ref, free)])
    const [winner, loser] = answers[0].status === 200 ? answers : answers.toReversed()
    expect([winner?.status, winner?.body.outcome]).toEqual([200, 'taken'])
    expect([loser?.status, loser?.body.code, loser?.body.outcome]).toEqual([409, 'holder-changed', 'held-by-other'])
    const name = winner?.body.claim?.by.name ?? 'nobody'
    expect(loser?.body.claim?.by.name).toBe(name)
    expect(loser?.body.detail).toContain(name)

    const events = (await ada.events(`&draft=${draftId}`)).filter(({ kind }) => kind !== 'intent')
    const taken = events.filter(({ outcome }) => outcome === 'taken')
    const stopped = events.filter(({ kind, outcome }) => kind === 'attempt' && outcome === 'held-by-other')
    expect(taken.map(({ actor }) => actor?.name)).toEqual([name])
    expect(stopped.map(({ actor }) => actor?.name)).toEqual([name === 'Bo Chen' ? 'Ada Okoye' : 'Bo Chen'])
  }
  expect((await ada.get('/api/audit/verify')).body).toMatchObject({ ok: true, firstBad: null })
})
