import { useSyncExternalStore } from 'react'

const narrow = () => matchMedia('(max-width: 640px)')

function subscribe(changed: () => void): () => void {
  const query = narrow()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether a panel that opens now fills the screen. */
export const panelCovers = (): boolean => narrow().matches

/** Whether a panel fills the screen, as the style sheet has it: what lies behind it is then out of reach. */
export function usePanelCovers(): boolean {
  return useSyncExternalStore(subscribe, panelCovers)
}
