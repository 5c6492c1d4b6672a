import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../http/problem.ts'

export interface GuessLimits {
  /**
   * Counts one guess before it is looked at, so that many at once do not slip past.
   * @throws ProblemError `too-many`
   */
  count(account: string, address: string): Promise<void>
  /** The guess was right: it does not count. */
  forgive(account: string, address: string): Promise<void>
}

const windowSeconds = 15 * 60

/** How often a password may be guessed: ten times an account, thirty times an address, in a quarter of an hour. */
export function createGuessLimits({ perAccount = 10, perAddress = 30 } = {}): GuessLimits {
  const accounts = new RateLimiterMemory({ keyPrefix: 'account', points: perAccount, duration: windowSeconds })
  const addresses = new RateLimiterMemory({ keyPrefix: 'address', points: perAddress, duration: windowSeconds })
  return {
    async count(account, address) {
      await consume(addresses, address)
      await consume(accounts, account)
    },
    async forgive(account, address) {
      await accounts.delete(account)
      await addresses.reward(address, 1)
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new ProblemError('too-many', {
      detail: `There were too many wrong passwords. Try again in ${Math.ceil(seconds / 60)} minutes.`,
      retryAfterSeconds: seconds,
    })
  }
}
