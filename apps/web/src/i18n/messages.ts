import { useLanguage, type Language } from './language.tsx'

export type Messages<T> = Record<Language, T>

/**
 * The words of one feature. English is the type, Chinese must have exactly its keys; a word that depends on something
 * is a function, and so are plurals: `drafts: (n: number) => (n === 1 ? '1 draft' : `${n} drafts`)`.
 */
export function messages<T extends object>(en: T, zh: NoInfer<T>): Messages<T> {
  return { en, zh }
}

export function useMessages<T>(of: Messages<T>): T {
  return of[useLanguage()]
}
