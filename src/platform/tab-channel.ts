import type { PeerPort } from '../workspace/peers.ts'
import { hashOf } from './journal/hash.ts'

/** What the tabs of this browser tell each other. Only this app posts to it; tabs of another version may. */
export function tabChannel(): PeerPort {
  let channel: BroadcastChannel
  try {
    channel = new BroadcastChannel('cassette-deck:tabs:1')
  } catch {
    // not for pages without an origin of their own
    return { post: () => {}, listen: () => {}, hash: hashOf }
  }
  return {
    post: (message) => channel.postMessage(message),
    listen: (take) => channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => take(data)),
    hash: hashOf,
  }
}
