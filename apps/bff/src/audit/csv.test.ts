import type { LockEvent } from '@lockdesk/contract'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { csvCell, csvHeader, csvRow } from './csv.ts'

/** By RFC 4180, and nothing more. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const [, inQuotes, bare] of line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g))
    cells.push(inQuotes?.replaceAll('""', '"') ?? bare ?? '')
  return cells
}

const event = (facts: Partial<LockEvent>): LockEvent => ({
  id: 'e1',
  number: 1,
  kind: 'held',
  how: 'observed',
  ref: { workspace: 'w', namespace: 'n', draftId: 'd' },
  draftName: 'orders',
  from: null,
  to: null,
  at: { after: null, by: '2026-02-28T10:00:00.000Z' },
  recordedAt: '2026-02-28T10:00:00.000Z',
  ...facts,
})

describe('a cell', () => {
  test.each([
    '=1+1',
    '\t=1+1',
    ' =1+1',
    '\u00a0@SUM(A1)',
    '\u3000+1',
    '\ufeff-1',
    '\u200b=1',
    '\r\n=cmd|x',
    '\u0000=1',
    '＝1+1',
    '\u2060\t\n -2',
    '\u00ad=1',
  ])('of %j begins with no sign of a formula, and can still be read', text => {
    const cell = cellsOf(`${csvCell(text)}\r\n`)[0]
    expect(cell).toBe(`'${text}`)
  })

  test.each(['orders', '支付对账·𠮷🚀', 'a\n=1+1', 'a=1', '1-1', 'x,y', 'say "no"', '', 'a;=1', ' blank '])(
    'of %j stays as it is',
    text => {
      expect(cellsOf(`${csvCell(text)}\r\n`)).toEqual([text])
    },
  )

  it('keeps every text, and its row whole', () => {
    const unit = fc.oneof(
      fc.constantFrom('=', '+', '-', '@', ' ', '\t', '\r', '\n', '"', ',', ';', 'a', '\ufeff'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.string({ unit, maxLength: 12 }), (draftName, reason) => {
        const cells = cellsOf(csvRow(event({ draftName, reason })))
        expect(cells).toHaveLength(cellsOf(csvHeader()).length)
        const at = (name: string) => cells[cellsOf(csvHeader()).indexOf(name)] ?? ''
        for (const [name, text] of [
          ['draftName', draftName],
          ['reason', reason],
        ] as const) {
          expect([text, `'${text}`]).toContain(at(name))
          expect(at(name).trim()).not.toMatch(/^[=+\-@]/)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
