import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Meaning } from '../../core/compare/meaning.ts'
import type { Side } from '../../core/compare/side.ts'
import { compareReadings, type FileVerdict, sidesOf } from '../../core/judge.ts'
import { readWithDoor } from '../../queries/core-door.ts'
import type { CompareSource } from './compare-source.ts'

/** Two files, read and compared. */
export interface Comparison {
  readonly verdict: FileVerdict
  /** Absent where one of them is no recording. */
  readonly meaning?: Meaning
  readonly before: readonly Side[]
  readonly after: readonly Side[]
}

/** Each pair of texts that was compared has a number: texts of megabytes are no key. */
let pairs = 0

export function useComparison(before: CompareSource, after: CompareSource) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new number for other texts
  const pair = useMemo(() => ++pairs, [before.name, before.text, after.name, after.text])
  return useQuery({
    queryKey: ['comparison', pair] as const,
    queryFn: async ({ signal }): Promise<Comparison> => {
      const [old, now] = await Promise.all([
        readWithDoor(before.text, signal),
        before.text === after.text ? undefined : readWithDoor(after.text, signal),
      ])
      const one = { ...before, reading: old }
      const other = { ...after, reading: now ?? old }
      const compared = compareReadings(one, other)
      const sides = { before: sidesOf(one), after: sidesOf(other) }
      return 'verdict' in compared
        ? { verdict: compared.verdict, meaning: compared, ...sides }
        : { verdict: compared, ...sides }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}
