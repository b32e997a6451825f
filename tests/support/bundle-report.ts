import { describeBundle, isOverBudget, measureBundle } from './bundle-budget.ts'

export default function report(): number {
  const groups = measureBundle()
  console.log(describeBundle(groups).join('\n'))
  return groups.some(isOverBudget) ? 1 : 0
}
