/** Which operation of an API a URL names: its path without what is different for everybody. */

/** "/v1/chat/completions", "/model/{model}/converse"; undefined where there is no path. */
export function endpointOf(address: string): string | undefined {
  const rest = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const path = rest.replace(/[?#].*$/s, '')
  if (path === '' || path === '/') return address === '' ? undefined : '/'
  const plain = decoded(path.startsWith('/') ? path : `/${path}`)
  return (
    plain
      // the OpenAI client's base URL ends in what its paths begin with
      .replace(/\/(v\d+)\/\1(?=\/|$)/, '/$1')
      .replace(/^\/__databricks__/, '')
      // before ids: a model's name may hold slashes and colons
      .replace(/\/models?\/[^?]*?(?=\/(?:converse|invoke)(?:-[a-z-]+)?$|:[a-zA-Z]+$)/, namedModel)
      .replace(/\/deployments\/[^/]+/, '/deployments/{id}')
      .replace(
        /\/(projects|locations|accounts|account|agents|inference-profiles|versions|agentAliases|sessions)\/[^/]+/g,
        '/$1/{id}',
      )
      .split('/')
      .map((segment) => (isId(segment) ? '{id}' : segment))
      .join('/')
  )
}

/** The model in a URL that names it: "/v1beta/models/gemini-2.5-flash:generateContent", "/model/amazon.nova/invoke". */
export function modelInPath(address: string): string | undefined {
  const path = decoded(address.replace(/[?#].*$/s, ''))
  return (
    /\/models\/([^/:?]+):[a-zA-Z]+$/.exec(path)?.[1] ??
    /\/model\/(.+?)\/(?:converse|invoke)(?:-[a-z-]+)?$/.exec(path)?.[1]
  )
}

function namedModel(match: string): string {
  return match.startsWith('/models/') ? '/models/{model}' : '/model/{model}'
}

/** Percent signs that stand for no text stay as they are. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Hex, a uuid, an id with its prefix, or a long word with several digits in it: nobody's operation. */
function isId(segment: string): boolean {
  if (segment.length < 6) return false
  if (/^[0-9a-f-]{12,}$/i.test(segment) && /\d/.test(segment)) return true
  if (/^\d{6,}$/.test(segment)) return true
  if (/^(?:asst|thread|run|file|vs|resp|msg|batch|call|step|conv)[-_][A-Za-z0-9_-]{6,}$/.test(segment))
    return true
  return segment.length >= 20 && (segment.match(/\d/g)?.length ?? 0) >= 4
}
