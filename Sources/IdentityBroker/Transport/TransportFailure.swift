/// Why a transfer brought no answer, and whether its request may have left.
public struct TransportFailure: Error, Sendable, Hashable {
    /// What went wrong.
    public var reason: Reason
    /// Whether any byte of the request can have reached the wire. Recorded before the first write, never guessed.
    public var mayHaveLeft: Bool
    /// The environment variable that names a proxy and was ignored, if no connection succeeded without one.
    public var ignoredProxyVariable: String?

    /// Makes a failure.
    public init(_ reason: Reason, mayHaveLeft: Bool, ignoredProxyVariable: String? = nil) {
        self.reason = reason
        self.mayHaveLeft = mayHaveLeft
        self.ignoredProxyVariable = ignoredProxyVariable
    }

    /// What went wrong, independent of the transport library.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The URL cannot be used: it has another scheme, or a host that two parsers read differently.
        case invalidRequest
        /// Plain HTTP, which the instance does not allow.
        case insecureRefused
        /// The name does not resolve.
        case nameNotResolved
        /// The egress policy refuses the address that the name resolved to.
        case addressRefused
        /// No connection: refused, unreachable, or closed before TLS began.
        case connectionFailed
        /// No trusted TLS session: a certificate for another host or from another authority, or an old version.
        case tlsRefused
        /// The trusted certificate authorities cannot be read.
        case trustUnavailable
        /// The proxy's URL cannot be used: libcurl reads it differently, or cannot speak TLS to a proxy.
        case invalidProxy
        /// The proxy's name does not resolve.
        case proxyNotResolved
        /// The egress policy refuses the address of the proxy.
        case proxyAddressRefused
        /// No connection to the proxy: refused, unreachable, or closed before it answered.
        case proxyConnectionFailed
        /// No trusted TLS session with the proxy.
        case proxyTLSRefused
        /// The proxy requires credentials, or refuses those it got: 407, or 401.
        case proxyAuthenticationFailed
        /// The proxy refuses to connect to the upstream: any other status from 300 to 499, except 408 and 429.
        case proxyRefused
        /// The proxy cannot connect to the upstream now: 408, 429, or a status of 500 or above.
        case proxyUnavailable
        /// The proxy's answer to `CONNECT` is not HTTP, or longer than allowed.
        case proxyMisbehaved
        /// The connection was lost while sending or waiting for the answer.
        case connectionLost
        /// The answer is not HTTP, or ends before its stated length.
        case malformedResponse
        /// The header section is longer than allowed.
        case headersTooLarge
        /// The body is longer than allowed.
        case bodyTooLarge
        /// The allowed time has passed.
        case timedOut
        /// The calling task was cancelled.
        case cancelled
        /// The transport was shut down.
        case shutDown
        /// The process has no file descriptor left for a connection.
        case outOfDescriptors
        /// The maximum number of requests to this origin is under way, so that other origins get their share.
        case originAtLimit
        /// The transport itself failed: out of memory, or a library error with no better name.
        case internalFault
    }
}
