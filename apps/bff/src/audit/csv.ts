import type { LockEvent } from '@lockdesk/contract'

/** What makes a spreadsheet read the file as UTF-8. */
export const byteOrderMark = '\uFEFF'

type Cell = string | number | null | undefined

/** Every column and where it is found in an event. */
const columns: readonly [string, (event: LockEvent) => Cell][] = [
  ['number', event => event.number],
  ['id', event => event.id],
  ['kind', event => event.kind],
  ['how', event => event.how],
  ['known', event => event.known],
  ['workspace', event => event.ref.workspace],
  ['namespace', event => event.ref.namespace],
  ['draftId', event => event.ref.draftId],
  ['draftName', event => event.draftName],
  ['fromId', event => event.from?.id],
  ['fromName', event => event.from?.name],
  ['toId', event => event.to?.id],
  ['toName', event => event.to?.name],
  ['after', event => event.at.after],
  ['by', event => event.at.by],
  ['recordedAt', event => event.recordedAt],
  ['actorId', event => event.actor?.id],
  ['actorName', event => event.actor?.name],
  ['claimById', event => event.claim?.by.id],
  ['claimByName', event => event.claim?.by.name],
  ['claimAt', event => event.claim?.at],
  ['onBehalfOf', event => event.claim?.onBehalfOf],
  ['claimBeforeId', event => event.claimBefore?.id],
  ['claimBeforeName', event => event.claimBefore?.name],
  ['token', event => event.token],
  ['reason', event => event.reason],
  ['outcome', event => event.outcome],
  ['intentId', event => event.intentId],
  ['requestId', event => event.requestId],
  ['count', event => event.count],
]

export const csvHeader = (): string => row(columns.map(([name]) => name))

export const csvRow = (event: LockEvent): string => row(columns.map(([, cell]) => cell(event)))

const row = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

/**
 * One cell by RFC 4180, harmless to a spreadsheet. Programs skip blanks, marks and controls before they look for a formula, and take the wide
 * signs of a Chinese keyboard for the narrow ones: such a text gets an apostrophe in front, and stays readable.
 */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = startsLikeFormula.test(value) ? `'${value}` : value
  return plain.test(text) ? text : `"${text.replaceAll('"', '""')}"`
}

/** Whatever is not seen, or is seen as a blank. */
const startsLikeFormula = /^[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*[=+\-@＝＋－＠﹢﹣﹦﹫⁺⁼]/u

/** No quote, and nothing that any program takes for the end of a cell, or trims. */
const plain = /^[\p{L}\p{N}_.:'-]*$/u
