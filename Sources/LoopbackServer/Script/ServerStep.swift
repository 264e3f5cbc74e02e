/// One thing that a script does to a request's connection.
public enum ServerStep: Sendable {
    /// Writes these bytes verbatim, and waits until the kernel has accepted them.
    case send([UInt8])

    /// Writes a response, without the body if the request was a HEAD.
    case respond(ServerResponse)

    /// Writes bytes one at a time, at the given pace.
    case drip([UInt8], pace: DripPace)

    /// Writes this chunk repeatedly until the peer disconnects, keeping only one in memory.
    case flood([UInt8])

    /// Suspends the script until the turnstile lets it pass.
    case wait(for: Turnstile)

    /// Reads the next request of the connection; the following steps answer that one.
    case readRequest

    /// Answers 200 and then forwards bytes between the client and a port of 127.0.0.1, like a proxy after a `CONNECT`
    /// (RFC 9110 §9.3.6); answers 502 if nothing listens there.
    case tunnel(toPort: Int)

    /// Does nothing more, and keeps the connection until the peer closes it or the server stops.
    case hang

    /// Closes in an orderly way: over TLS with a `close_notify` (RFC 8446 §6.1), then a FIN.
    case close

    /// Closes the TCP connection with a FIN but no `close_notify`, as in a truncation attack.
    case closeWithoutNotify

    /// Resets the TCP connection: RST, no `close_notify`, unsent data discarded.
    case reset
}

/// When the next byte of a drip is sent.
public enum DripPace: Sendable {
    /// A byte each time the turnstile lets the script pass.
    case each(Turnstile)

    /// A byte after each interval of real time. For manual inspection; tests use ``each(_:)``.
    case every(Duration)
}

extension ServerStep: CustomStringConvertible {
    /// The step in a few words, for the name of a test case.
    public var description: String {
        switch self {
        case .send(let bytes): "send \(bytes.count) bytes"
        case .respond(let response): "respond \(response.status) with \(response.body.count) bytes"
        case .drip(let bytes, _): "drip \(bytes.count) bytes"
        case .flood: "flood"
        case .wait: "wait"
        case .readRequest: "read request"
        case .tunnel: "tunnel"
        case .hang: "hang"
        case .close: "close"
        case .closeWithoutNotify: "close without notify"
        case .reset: "reset"
        }
    }
}

extension ServerScript: CustomStringConvertible {
    /// The steps in a few words, for the name of a test case.
    public var description: String {
        steps.map(\.description).joined(separator: ", ")
    }
}
