import type { Container } from './container.ts'
import { llamaStackJson } from './llama-stack-json.ts'

/** Every format this project reads. The surest sniff wins; order decides only between equals. */
export const CONTAINERS: readonly Container[] = [llamaStackJson]

/** The format with this id. */
export function containerOf(id: string): Container | undefined {
  return CONTAINERS.find((container) => container.id === id)
}
