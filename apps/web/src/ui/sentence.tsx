import type { Sentence } from '../i18n/sentence.ts'
import { shown } from './shown-name.ts'

/** A sentence whose names and machine words stand out, as text. */
export function SentenceText({ of }: { of: Sentence }) {
  return of.map((piece, at) => {
    if (typeof piece === 'string') return piece
    return 'name' in piece ? (
      <span key={at} className="name">
        {shown(piece.name)}
      </span>
    ) : (
      <span key={at} className="code t1">
        {shown(piece.code)}
      </span>
    )
  })
}
