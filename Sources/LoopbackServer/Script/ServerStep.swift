/// One thing a script does to the connection that a request came over.
public enum ServerStep: Sendable {
    /// Writes these bytes as they are, and waits until the kernel has taken them.
    case send([UInt8])

    /// Writes a response; without the body if the request was a HEAD.
    case respond(ServerResponse)

    /// Writes bytes one at a time, each when the pace says so.
    case drip([UInt8], pace: DripPace)

    /// Writes this chunk again and again until the peer is gone, never holding more than one in memory.
    case flood([UInt8])

    /// Suspends the script until the turnstile lets it pass.
    case wait(for: Turnstile)

    /// Reads the next request of the connection; the steps that follow answer that one.
    case readRequest

    /// Answers 200 and passes bytes on between the client and a port of 127.0.0.1 from then on, as a proxy does that was
    /// sent a `CONNECT` (RFC 9110 §9.3.6); 502 if nobody listens there.
    case tunnel(toPort: Int)

    /// Does nothing more and holds the connection until the peer closes it or the server stops.
    case hang

    /// Closes in the orderly way: over TLS with a `close_notify` (RFC 8446 §6.1), then a FIN.
    case close

    /// Closes the TCP connection with a FIN and no `close_notify`, as somebody who truncates the stream would.
    case closeWithoutNotify

    /// Resets the TCP connection: RST, no `close_notify`, unsent data thrown away.
    case reset
}
