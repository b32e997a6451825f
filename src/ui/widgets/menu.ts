/** The frame of every menu. */
export const MENU = 'z-50 min-w-48 rounded-lg border border-line-2 bg-pane p-1 shadow-lg'

/** A line in it. */
export const MENU_ITEM =
  'flex h-7 cursor-pointer items-center justify-between gap-6 rounded px-2 outline-none select-none data-[disabled]:opacity-40 data-[highlighted]:bg-sunk pointer-coarse:h-10'
