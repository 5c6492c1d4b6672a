import { describe, expect, it } from 'vitest'
import { createGuessLimits } from './guess-limits.ts'

const refusal = expect.objectContaining({
  code: 'too-many',
  facts: expect.objectContaining({ retryAfterSeconds: expect.any(Number) }),
})

describe('guessing passwords', () => {
  it('ends after ten guesses at one account, from wherever they come', async () => {
    const limits = createGuessLimits()
    for (let n = 0; n < 10; n++) await limits.count('lin@example.com', `198.51.100.${n}`)
    await expect(limits.count('lin@example.com', '198.51.100.99')).rejects.toEqual(refusal)
    await limits.count('bo@example.com', '198.51.100.99')
  })

  it('ends after thirty guesses from one address, whatever the account', async () => {
    const limits = createGuessLimits()
    for (let n = 0; n < 30; n++) await limits.count(`p${n}@example.com`, '198.51.100.1')
    await expect(limits.count('other@example.com', '198.51.100.1')).rejects.toEqual(refusal)
    await limits.count('other@example.com', '198.51.100.2')
  })

  it('forgives whoever knew the password', async () => {
    const limits = createGuessLimits()
    for (let n = 0; n < 50; n++) {
      await limits.count('lin@example.com', '198.51.100.1')
      await limits.forgive('lin@example.com', '198.51.100.1')
    }
    await expect(limits.count('lin@example.com', '198.51.100.1')).resolves.toBeUndefined()
  })
})
