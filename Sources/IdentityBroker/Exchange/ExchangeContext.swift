#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import Logging

/// One login's way out into the world, as its provider sees it.
public struct ExchangeContext: Sendable {
    /// When the login has to be over. Every request is cut to what is left of it.
    public let deadline: Deadline
    /// A logger that keeps the credential and the instance's secrets out.
    public let logger: Logger
    /// The time of day when the login began.
    public let now: Date

    let transport: GuardedTransport

    /// Sends a request and returns the answer, whatever its status, redirects apart.
    ///
    /// A request that may have left is never sent again, and the credential leaves at most once.
    ///
    /// - Throws: ``BrokerError``, of the kind that a provider should let pass: ``BrokerError/Kind/upstreamUnavailable``,
    ///   ``BrokerError/Kind/upstreamMisbehaved`` (a redirect, an oversized or cut-off answer),
    ///   ``BrokerError/Kind/timedOut``, ``BrokerError/Kind/cancelled``, ``BrokerError/Kind/misconfigured`` (an address
    ///   that the egress policy refuses), ``BrokerError/Kind/internalError`` (an attempt to send twice).
    public func send(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        try await transport.send(request)
    }
}
