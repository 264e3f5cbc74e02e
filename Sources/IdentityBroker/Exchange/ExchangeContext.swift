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
    let sharedValues: SharedValues
    let ledger: SecretLedger

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

    /// What belongs to no login, such as the upstream's keys: as the broker keeps it, or fetched now, once for all logins
    /// that wait for it. See ``SharedValue``.
    ///
    /// While the upstream fails, an old value serves for as long as the value's bounds allow.
    ///
    /// - Throws: ``BrokerError``: what the fetch failed with, of the kinds that ``send(_:)`` throws or of the value's own;
    ///   of kind ``BrokerError/Kind/internalError`` if the request contains the login's credential.
    public func shared<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: false, until: deadline)
    }

    /// The same, for a login that has found the kept value out of date: its keys have not the one that a token names, or the
    /// upstream no longer takes the token in it.
    ///
    /// It is fetched again, and no old value serves instead. Anybody can bring a token that names an unknown key, so this
    /// happens only once in ``SharedValueBounds/refetchInterval``. In between it is the kept value, which has come after the
    /// last refetch, or the failure of that.
    ///
    /// - Throws: As ``shared(_:)`` does.
    public func refetched<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: true, until: deadline)
    }
}
