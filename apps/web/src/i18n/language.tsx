import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** How each language calls itself. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '中文' }

const remembered = 'lockdesk.lang'

/** The language of a tag as browsers and links write it: anything Chinese is `zh`, all else `en`. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh' : 'en'
}

interface Choice {
  language: Language
  choose(language: Language): void
}

const LanguageContext = createContext<Choice>({ language: 'en', choose() {} })

/** Starts with what `theme.js` wrote on <html> before the first paint (`?lang=`, then the remembered choice, then the browser's). */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => languageOf(document.documentElement.lang))
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const choice = useMemo<Choice>(
    () => ({
      language,
      choose(next) {
        setLanguage(next)
        try {
          localStorage.setItem(remembered, next)
        } catch {
          // Storage is closed to this page: the choice lasts until the page is left.
        }
      },
    }),
    [language],
  )
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

export function useLanguage(): Language {
  return use(LanguageContext).language
}

export function useLanguageChoice(): Choice {
  return use(LanguageContext)
}
