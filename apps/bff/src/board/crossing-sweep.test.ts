import type { Board } from '@lockdesk/contract'
import { expect, it } from 'vitest'
import { openDesk, soft } from '../../fixtures/lock-desk.ts'

it('a sweep that comes between leaves the board with a revision that is told to be old', async () => {
  let between = async () => {}
  const desk = await openDesk({
    wrapLedger: ledger => ({
      ...ledger,
      async drafts(scope) {
        const found = await ledger.drafts(scope)
        await between()
        return found
      },
    }),
  })
  const revisionOf = async () => (await desk.ledger.namespaces()).find(({ namespace }) => namespace === soft.namespace)
  desk.draft(soft, 'first')
  await desk.sweep(soft)
  between = async () => {
    desk.draft(soft, 'came between')
    await desk.sweep(soft)
  }
  const { body } = await desk.get<Board>('vi', '/board')
  expect(body.drafts.map(({ name }) => name)).toEqual(['first'])
  const told = body.namespaces.find(({ namespace }) => namespace === soft.namespace)?.revision
  expect(told).toBeLessThan((await revisionOf())?.revision ?? 0)
  expect(await desk.close()).toEqual([])
})
