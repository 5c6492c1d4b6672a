/** Remembers what was signed with, so that no request counts twice. */
export interface NonceMemory {
  /** True the first time within the memory; false: this nonce was used already. */
  remember(accessKeyId: string, nonce: string, now: number): boolean
}

/**
 * @param forMs how long a nonce is remembered: at least as long as a request may be valid,
 * which is twice the clock window, for it may be dated that far ahead
 */
export function createNonceMemory(forMs: number): NonceMemory {
  const expiries = new Map<string, number>()
  let nextPurge = 10_000
  const purge = (now: number) => {
    for (const [key, expiry] of expiries) if (expiry <= now) expiries.delete(key)
    nextPurge = Math.max(10_000, expiries.size * 2)
  }
  return {
    remember: (accessKeyId, nonce, now) => {
      if (expiries.size >= nextPurge) purge(now)
      const key = `${accessKeyId}\n${nonce}`
      const expiry = expiries.get(key)
      if (expiry !== undefined && expiry > now) return false
      expiries.set(key, now + forMs)
      return true
    },
  }
}
