import type { ComponentProps } from 'react'

/** A row of a list that is a grid to those who cannot see it. */
export function GridRow(props: ComponentProps<'div'>) {
  // biome-ignore lint/a11y: of a virtual list no table can be made; the focus is on the buttons in its cells
  return <div role="row" {...props} />
}

/** A cell of it. */
export function GridCell(props: ComponentProps<'div'>) {
  // biome-ignore lint/a11y: of a virtual list no table can be made; the focus is on the buttons in its cells
  return <div role="gridcell" {...props} />
}
