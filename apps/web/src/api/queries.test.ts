import { MutationObserver, onlineManager, QueryClient } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import { NoAnswer } from './problem-error.ts'
import { takeMutation } from './queries.ts'

const free = { ref: { workspace: 'w1', namespace: 'trade', draftId: 'a' }, take: { expectedHolderId: null } }

/** Outside a browser an address without a host reaches nobody: every answer is lost. */
async function takeInVain() {
  const take = new MutationObserver(new QueryClient(), takeMutation)
  await expect(take.mutate(free)).rejects.toBeInstanceOf(NoAnswer)
  return take.getCurrentResult()
}

describe('a take', () => {
  afterEach(() => onlineManager.setOnline(true))

  it('is not sent again where the answer was lost', async () => {
    expect(await takeInVain()).toMatchObject({ isError: true, failureCount: 1 })
  })

  it('is not kept for later where the browser believes to be offline', async () => {
    onlineManager.setOnline(false)
    expect(await takeInVain()).toMatchObject({ isError: true, isPaused: false })
  })
})
