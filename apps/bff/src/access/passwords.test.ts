import { describe, expect, it } from 'vitest'
import { createPasswords, oneTimePassword } from './passwords.ts'

describe('passwords', () => {
  it('are kept as argon2id with the cost that OWASP names', async () => {
    const phc = await createPasswords().hash('correct horse')
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('fit the password they were made from and no other', async () => {
    const passwords = createPasswords()
    const phc = await passwords.hash('correct horse')
    expect(await passwords.fits('correct horse', phc)).toBe(true)
    expect(await passwords.fits('Correct horse', phc)).toBe(false)
  })

  it('fit nobody where there is no account', async () => {
    expect(await createPasswords().fits('correct horse', null)).toBe(false)
  })

  it('turn people away in words where too many already wait', async () => {
    const passwords = createPasswords()
    const all = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash('x')))
    const refused = all.filter(one => one.status === 'rejected')
    expect(refused).toHaveLength(80 - 66)
    expect(refused[0]?.reason).toMatchObject({ code: 'too-many', facts: { retryAfterSeconds: 5 } })
    expect(await passwords.hash('x')).toContain('argon2id')
  })

  it('that are used once are long, and have no letters that look alike', () => {
    const made = Array.from({ length: 200 }, () => oneTimePassword())
    expect(new Set(made).size).toBe(200)
    for (const password of made) expect(password).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
  })
})
