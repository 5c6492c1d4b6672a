import { createContext, type RefObject } from 'react'

/** The board's one search box, so that the button in the top bar can put the cursor into it. */
export const FilterContext = createContext<RefObject<HTMLInputElement | null>>({ current: null })
