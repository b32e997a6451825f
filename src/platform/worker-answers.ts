/** What a worker that answers questions hears; `id` pairs question and answer. */
export interface Asked<Question> {
  readonly id: number
  readonly question: Question
}

export type Answered<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly refused: string }

/** An answer, and what of it is given away instead of copied. */
export interface Given<Answer> {
  readonly answer: Answer
  readonly transfer?: readonly Transferable[]
}

/** The scope of a worker, as far as it is needed; types for one and for a page cannot be had together. */
interface Scope<Question> {
  onmessage: ((event: MessageEvent<Asked<Question>>) => void) | null
  postMessage(message: unknown, options: StructuredSerializeOptions): void
}

/** The worker's side of a `WorkerQueue`: an error becomes a refusal, and the worker goes on. */
export function answerWith<Question, Answer>(
  scope: Scope<Question>,
  give: (question: Question) => Given<Answer> | Promise<Given<Answer>>,
): void {
  const post = (message: Answered<Answer>, transfer: readonly Transferable[] = []): void =>
    scope.postMessage(message, { transfer: [...transfer] })
  scope.onmessage = async ({ data: { id, question } }) => {
    try {
      const { answer, transfer } = await give(question)
      post({ id, answer }, transfer)
    } catch (error) {
      post({ id, refused: error instanceof Error ? error.message : String(error) })
    }
  }
}
