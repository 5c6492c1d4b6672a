import { useState } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const remembered = 'lockdesk.theme'

/** The theme of this browser; `theme.js` has put a remembered one on <html> before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const forced = document.documentElement.dataset['theme']
    return forced === 'light' || forced === 'dark' ? forced : 'system'
  })
  return [
    theme,
    next => {
      setTheme(next)
      if (next === 'system') delete document.documentElement.dataset['theme']
      else document.documentElement.dataset['theme'] = next
      try {
        if (next === 'system') localStorage.removeItem(remembered)
        else localStorage.setItem(remembered, next)
      } catch {
        // Storage is closed to this page: the choice lasts until the page is left.
      }
    },
  ]
}
