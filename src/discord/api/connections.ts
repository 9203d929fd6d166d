import type { RESTOptions } from 'discord.js';
import { Agent, type Dispatcher, Dispatcher1Wrapper } from 'undici';

/** undici's own 4 s would let most acknowledgements wait for a new connection. */
const KEEP_ALIVE_MS = 60_000;

/**
 * The connections of one REST client. discord.js has an older undici: left to itself, it would use the connections of
 * ours, which negotiate HTTP/2, so that uploads and acknowledgements would share one. A form is encoded here before it
 * is sent: the classes of the two are not the same.
 */
export function createConnections(): RESTOptions['agent'] {
  const agent = new Agent({ allowH2: false, keepAliveTimeout: KEEP_ALIVE_MS }).compose(
    // The older one says in the options by whom they are dispatched, which this one refuses.
    (dispatch) => (options, handler) =>
      dispatch({ ...options, dispatcher: undefined } as Dispatcher.DispatchOptions, handler),
  );
  // The same class by name, of another version; the wrapper is undici's bridge between the two.
  return new Dispatcher1Wrapper(agent) as unknown as RESTOptions['agent'];
}
