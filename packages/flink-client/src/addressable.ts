/** Text that has a UTF-8 spelling: no half of a surrogate pair. */
export function isWritable(text: string): boolean {
  return text.isWellFormed()
}

/** A name that stays itself as one segment of a path: `.` and `..` would be folded away under the signature. */
export function isAddressable(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && isWritable(segment)
}

/** Text that a header carries unchanged. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}
