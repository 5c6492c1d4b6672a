import { ReadingFault } from '@lockdesk/contract'
import { describe, expect, it } from 'vitest'
import { faultOfCode, readingFaults } from './reading-fault.ts'

describe('why the cloud could not be read', () => {
  it.each(ReadingFault.options)('%s is a sentence in both languages', cause => {
    expect(readingFaults.en[cause]).toMatch(/^[A-Z].+\.$/)
    expect(readingFaults.zh[cause]).toMatch(/\p{Script=Han}.+。$/u)
  })

  it('says who can grant what is missing', () => {
    expect(readingFaults.en['forbidden-ram']).toContain('administrator of the Alibaba Cloud account can grant it')
    expect(readingFaults.en['forbidden-role']).toContain('owner of the namespace can grant it')
    expect(readingFaults.zh['forbidden-ram']).toContain('阿里云账号管理员')
    expect(readingFaults.zh['forbidden-role']).toContain('命名空间的所有者')
  })

  it('knows the cloud’s own codes, and claims nothing about others', () => {
    expect(['Forbidden.RAM', 'NoPermission', 'Forbidden'].map(faultOfCode)).toEqual(Array(3).fill('forbidden-ram'))
    expect(faultOfCode('InvalidAccessKeyId.NotFound')).toBe('credential')
    expect(faultOfCode('InvalidTimeStamp.Expired')).toBe('clock-off')
    expect(faultOfCode('Throttling.User')).toBe('throttled')
    expect(faultOfCode('ForbiddenFruit')).toBeUndefined()
    expect(faultOfCode(undefined)).toBeUndefined()
  })
})
