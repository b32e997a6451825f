import { Button } from '../widgets/button.tsx'

interface Example {
  readonly name: string
  readonly text: string
}

const HASH = '5fe7155ee4100ad9b41809d9e66ddb6e6923c5baa26baaef8ed07be234065195'

/** One of each form that is understood; made up, so that they find nothing that is not there. */
const EXAMPLES: readonly Example[] = [
  {
    name: 'The error of a test',
    text: `E   RuntimeError: Recording not found for request hash: ${HASH}
E   Model: gpt-4o | Request: POST https://api.openai.com/v1/v1/chat/completions
FAILED tests/integration/responses/test_basic.py::test_weather[txt=openai/gpt-4o]`,
  },
  { name: 'A hash', text: HASH },
  {
    name: 'JSON',
    text: `{"model": "gpt-4o", "messages": [{"role": "user", "content": "What is the weather in Paris?"}], "temperature": 0.0}`,
  },
  {
    name: 'curl',
    text: `curl https://api.openai.com/v1/chat/completions \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "What is the weather in Paris?"}]}'`,
  },
  {
    name: 'Python',
    text: `client.chat.completions.create(
    model="gpt-4o",
    messages=[{"role": "user", "content": "What is the weather in Paris?"}],
    temperature=0.0,
)`,
  },
]

/** What can be pasted, before anything has been. */
export function Examples({ onUse }: { onUse(text: string): void }) {
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">
        A recording is found by a hash of its request, or by comparing the request itself. Paste what your
        test printed, and the recordings that come near are listed with what makes them differ. Nothing leaves
        the browser.
      </p>
      <ul aria-label="Examples" className="grid min-w-0 [&>li+li]:border-t">
        {EXAMPLES.map(({ name, text }) => (
          <li key={name} className="flex min-w-0 items-start gap-3 py-2">
            <Button tone="outline" className="w-36 shrink-0" onClick={() => onUse(text)}>
              {name}
            </Button>
            <pre className="recorded min-w-0 flex-1 overflow-hidden text-ellipsis whitespace-pre text-ink-3">
              {text}
            </pre>
          </li>
        ))}
      </ul>
    </div>
  )
}
