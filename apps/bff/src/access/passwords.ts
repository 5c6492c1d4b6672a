import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { ProblemError } from '../http/problem.ts'

/** argon2id by OWASP: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Fits no password, at the same cost. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`
const mostAtOnce = 2
const mostWaiting = 64

export interface Passwords {
  /** @returns a PHC string */
  hash(password: string): Promise<string>
  /**
   * Where there is no hash to compare with, as much work is done for nothing: an unknown account takes as long to refuse as a known one.
   * @throws ProblemError `too-many` where too many already wait
   */
  fits(password: string, phc: string | null): Promise<boolean>
}

/** Hashes and compares passwords, at most two at a time: each needs 19 MiB and a thread of the pool that files need too. */
export function createPasswords(): Passwords {
  const turn = createTurns()
  return {
    hash: password => turn(() => hash(password, cost)),
    async fits(password, phc) {
      const isSame = await turn(() => verify(phc ?? decoy, password))
      return phc !== null && isSame
    },
  }
}

function createTurns() {
  const waiting: (() => void)[] = []
  let running = 0
  return async function turn<T>(work: () => Promise<T>): Promise<T> {
    if (running < mostAtOnce) running++
    else if (waiting.length >= mostWaiting)
      throw new ProblemError('too-many', {
        detail: 'Too many people are signing in just now. Try again in a few seconds.',
        retryAfterSeconds: 5,
      })
    // Whoever ends hands its place on, so that nobody slips in between.
    else await new Promise<void>(start => waiting.push(start))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** A password that is used once and said aloud: 100 bits, without letters that look alike. */
export function oneTimePassword(random: (size: number) => Uint8Array = randomBytes): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  // Of 256 values only those below a multiple of the alphabet count, so that no letter is likelier.
  const limit = 256 - (256 % letters.length)
  let text = ''
  while (text.length < 20)
    for (const byte of random(32)) if (byte < limit && text.length < 20) text += letters[byte % letters.length]
  return text.replace(/(.{5})(?!$)/g, '$1-')
}
