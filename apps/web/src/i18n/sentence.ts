/** One piece of a sentence: plain words, the name of a person or draft, or text of a machine. */
export type Piece = string | { name: string } | { code: string }

/** A sentence whose names stand out. Names are other people's text: they are rendered as text, never as markup. */
export type Sentence = readonly Piece[]

/** The sentence without its emphasis, for labels, announcements and the clipboard. */
export function plainText(sentence: Sentence): string {
  return sentence.map(piece => (typeof piece === 'string' ? piece : 'name' in piece ? piece.name : piece.code)).join('')
}
