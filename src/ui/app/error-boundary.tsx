import { Component, type ReactNode } from 'react'
import { Button } from '../widgets/button.tsx'

interface Props {
  readonly name: string
  readonly children: ReactNode
  /** Called before the children are tried again. */
  readonly onRetry?: () => void
}

/** One per pane: a defect in one leaves the others, and everything that was typed, on screen. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <section aria-label={this.props.name} role="alert" className="grid content-start gap-2 bg-pane p-5">
        <h2 className="font-semibold">This pane broke. Your cassette and its changes are untouched.</h2>
        <p className="recorded text-ink-2">{error.message}</p>
        <div>
          <Button
            tone="outline"
            onClick={() => {
              this.props.onRetry?.()
              this.setState({ error: undefined })
            }}
          >
            Show it again
          </Button>
        </div>
      </section>
    )
  }
}
