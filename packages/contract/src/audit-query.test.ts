import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type AuditFilter, auditKinds, howWords, knownWords } from './audit-filter.ts'
import { parseAuditQuery, printAuditQuery } from './audit-query.ts'
import { EventKind } from './lock-event.ts'
import { Known } from './time.ts'
import { readTimeWord, spanOfTimeWord } from './time-word.ts'

describe('a query', () => {
  test.each<[string, AuditFilter]>([
    ['', {}],
    ['  \t\n ', {}],
    [
      'actor:bo kind:taken ns:trade-prod since:7d',
      { actor: 'bo', kind: ['taken'], namespace: 'trade-prod', since: '7d' },
    ],
    ['orders fix', { text: ['orders', 'fix'] }],
    ['"a fix" actor:"Bo Chen"', { text: ['a fix'], actor: 'Bo Chen' }],
    ['kind:freed,held kind:changed', { kind: ['held', 'changed', 'freed'] }],
    ['known:at-least how:observed', { known: ['at-least'], how: 'observed' }],
    ['KIND:Held Ns:A', { kind: ['held'], namespace: 'A' }],
    ['kind：held 支付 对账', { kind: ['held'], text: ['支付', '对账'] }],
    ['namespace:*-prod workspace:w', { namespace: '*-prod', workspace: 'w' }],
    ['since:2026-02-28 until:2026-02-28T18:00+08:00', { since: '2026-02-28', until: '2026-02-28T10:00:00.000Z' }],
    ['"http://x" 10:02', { text: ['http://x', '10:02'] }],
    [String.raw`"say \"no\" to c:\\"`, { text: [String.raw`say "no" to c:\ `.trimEnd()] }],
    [String.raw`a\b 50%_`, { text: [String.raw`a\b`, '50%_'] }],
    ['constructor __proto__', { text: ['constructor', '__proto__'] }],
  ])('%j is understood', (query, filter) => {
    expect(parseAuditQuery(query)).toEqual({ filter })
  })

  test.each<[string, RegExp]>([
    ['actr:bo', /There is no word actr:/],
    ['constructor:x', /There is no word constructor:/],
    ['http://x', /There is no word http:/],
    ['actor:', /is empty/],
    ['actor:""', /is empty/],
    ['""', /is empty/],
    ['actor:a actor:b', /given twice/],
    ['ns:a namespace:b', /given twice/],
    ['kind:stolen', /“stolen” is none of held/],
    ['kind:held,', /“” is none of held/],
    ['known:yes', /none of exact/],
    ['how:magic', /none of observed/],
    ['since:2026-02-30', /“2026-02-30” is no time/],
    ['until:yesterday', /is no time/],
    ['since:0d', /is no time/],
    ['"open', /never closed/],
    ['actor:"open', /never closed/],
    ['a"b"', /middle/],
    ['"a"b', /middle/],
    ['"a""b"', /middle/],
    [`actor:${'x'.repeat(301)}`, /longer than 300/],
    ['x'.repeat(1_001), /1001 characters long/],
    ['a b c d e f g h i j k', /10 texts/],
    ['"\0"', /no text has/],
    ['\ud800', /no text has/],
  ])('%j is not, and says why', (query, fault) => {
    expect(parseAuditQuery(query)).toMatchObject({ fault: expect.stringMatching(fault) as string })
  })

  it('is read back as what it was printed from', () => {
    fc.assert(
      fc.property(filters, filter => {
        expect(parseAuditQuery(printAuditQuery(filter))).toEqual({ filter })
      }),
      { numRuns: 2_000 },
    )
  })

  it('of whatever characters is understood or refused, and printed the same once it was understood', () => {
    const unit = fc.constantFrom(
      'a',
      ':',
      '：',
      '"',
      '\\',
      ' ',
      '\n',
      '，',
      ',',
      'kind:',
      'since:',
      '7d',
      '支',
      '\u3000',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), query => {
        const read = parseAuditQuery(query)
        if ('filter' in read) expect(parseAuditQuery(printAuditQuery(read.filter))).toEqual(read)
        else expect(read.fault).toMatch(/\.$/)
      }),
      { numRuns: 3_000 },
    )
  })
})

it('knows every kind and every way of knowing that there is', () => {
  expect(auditKinds.toSorted()).toEqual([...EventKind.options, 'taken'].toSorted())
  expect(knownWords.toSorted()).toEqual(Known.options.toSorted())
})

describe('a time', () => {
  test.each([
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-00-10', null],
    ['1969-12-31', null],
    ['2026-1-1', null],
    ['2026-02-28T24:00Z', null],
    ['2026-02-28T10:60Z', null],
    ['2026-02-28T10:00:60Z', null],
    ['2026-02-28T10:00', null],
    ['2026-02-28T10:00:00.123456Z', '2026-02-28T10:00:00.123Z'],
    ['2026-02-28t10:00z', '2026-02-28T10:00:00.000Z'],
    ['2026-02-28T00:30+14:00', '2026-02-27T10:30:00.000Z'],
    ['1970-01-01T00:00+01:00', null],
    ['9999-12-31T23:59-01:00', null],
    ['007d', '7d'],
    ['7D', '7d'],
    ['99999w', '99999w'],
    ['100000w', null],
    ['-7d', null],
    ['7', null],
    ['', null],
  ])('of %j is %j', (word, spelled) => {
    expect(readTimeWord(word)).toBe(spelled)
  })

  it('means a whole day where no hour is said', () => {
    const noon = Date.parse('2026-02-28T12:00:00.000Z')
    const iso = ({ start, end }: { start: number; end: number }) => [start, end].map(ms => new Date(ms).toISOString())
    expect(iso(spanOfTimeWord('2026-02-28', noon))).toEqual(['2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'])
    expect(iso(spanOfTimeWord('12h', noon))).toEqual(['2026-02-28T00:00:00.000Z', '2026-02-28T00:00:00.001Z'])
    expect(iso(spanOfTimeWord('2026-02-28T10:00:00.000Z', noon))).toEqual([
      '2026-02-28T10:00:00.000Z',
      '2026-02-28T10:00:00.001Z',
    ])
    expect(spanOfTimeWord('99999w', noon)).toEqual({ start: 0, end: 1 })
  })
})

const name = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('a', '"', '\\', ' ', ':', '：', '*', ','),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  })
  .filter(text => text.isWellFormed() && !text.includes('\0'))
const some = <Item>(all: readonly Item[]) =>
  fc.subarray([...all], { minLength: 1 }).map(chosen => all.filter(one => chosen.includes(one)))
const time = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('m', 'h', 'd', 'w')).map(parts => parts.join('')),
  fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map(date => date.toISOString()),
  fc
    .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
)
const filters: fc.Arbitrary<AuditFilter> = fc.record(
  {
    actor: name,
    holder: name,
    draft: name,
    workspace: name,
    namespace: name,
    kind: some(auditKinds),
    known: some(knownWords),
    how: fc.constantFrom(...howWords),
    since: time,
    until: time,
    text: fc.array(name, { minLength: 1, maxLength: 10 }),
  },
  { requiredKeys: [] },
)
