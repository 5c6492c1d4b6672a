/** A name as it is compared where people type it: one spelling of each letter, regardless of case. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()
