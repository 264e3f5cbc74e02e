/// Why a transfer brought no answer, and whether its request may have left.
public struct TransportFailure: Error, Sendable, Hashable {
    /// What went wrong.
    public var reason: Reason
    /// Whether any byte of the request can have reached the wire. A record made before the first write, never a guess.
    public var mayHaveLeft: Bool
    /// The environment variable that names a proxy and was ignored, where no connection came about without one.
    public var ignoredProxyVariable: String?

    /// Makes a failure.
    public init(_ reason: Reason, mayHaveLeft: Bool, ignoredProxyVariable: String? = nil) {
        self.reason = reason
        self.mayHaveLeft = mayHaveLeft
        self.ignoredProxyVariable = ignoredProxyVariable
    }

    /// What went wrong, in terms that no transport library defines.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The URL cannot be sent to: another scheme, or a host that two parsers read differently.
        case invalidRequest
        /// Plain HTTP, and the instance does not allow it.
        case insecureRefused
        /// The name does not resolve.
        case nameNotResolved
        /// The egress policy refuses the address that the name resolved to.
        case addressRefused
        /// No connection: refused, unreachable, or closed before TLS began.
        case connectionFailed
        /// No trusted TLS session: a certificate of another host or authority, or too old a version.
        case tlsRefused
        /// The certificate authorities to trust cannot be read.
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
        /// The proxy wants credentials, or refuses those that it got: 407, or 401.
        case proxyAuthenticationFailed
        /// The proxy does not connect to the upstream: any other status from 300 to 499, but for 408 and 429.
        case proxyRefused
        /// The proxy cannot connect to the upstream now: 408, 429, or a status from 500.
        case proxyUnavailable
        /// The proxy's answer to `CONNECT` is not HTTP, or longer than allowed.
        case proxyMisbehaved
        /// The connection was lost while sending or while waiting for the answer.
        case connectionLost
        /// The answer is not HTTP, or ends before its stated length.
        case malformedResponse
        /// The header section is longer than allowed.
        case headersTooLarge
        /// The body is longer than allowed.
        case bodyTooLarge
        /// The time allowed is over.
        case timedOut
        /// The calling task was cancelled.
        case cancelled
        /// The transport was shut down.
        case shutDown
        /// The process has no file descriptor left for a connection.
        case outOfDescriptors
        /// As many requests to this origin are under way as may be, so that other origins get some.
        case originAtLimit
        /// The transport itself failed: out of memory, or a library error with no better name.
        case internalFault
    }
}
