import { createContext, use } from 'react'

/** The words that somebody looks for in what is on screen: what is folded away and holds one of them is not folded. */
const SoughtContext = createContext<RegExp | undefined>(undefined)
export const SoughtProvider = SoughtContext.Provider

/** Without the `g` flag: it keeps no place. */
export function useSought(): RegExp | undefined {
  return use(SoughtContext)
}
