public import Foundation
public import Logging

/// One login's access to the network, as its provider sees it.
public struct ExchangeContext: Sendable {
    /// The deadline of the login. Every request is limited to the remaining time.
    public let deadline: Deadline
    /// A logger that redacts the credential and the instance's secrets.
    public let logger: Logger
    /// The time of day when the login began.
    public let now: Date

    let transport: GuardedTransport
    let sharedValues: SharedValues
    let ledger: SecretLedger

    /// Sends a request and returns the answer with any status except a redirect.
    ///
    /// A request that may have left is never sent again, and the credential leaves at most once.
    ///
    /// - Throws: ``BrokerError`` of a kind that a provider should pass on: ``BrokerError/Kind/upstreamUnavailable``,
    ///   ``BrokerError/Kind/upstreamMisbehaved`` (a redirect, an oversized or cut-off answer),
    ///   ``BrokerError/Kind/timedOut``, ``BrokerError/Kind/cancelled``, ``BrokerError/Kind/misconfigured`` (an address
    ///   that the egress policy refuses), ``BrokerError/Kind/internalError`` (an attempt to send twice).
    public func send(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        try await transport.send(request)
    }

    /// A value that belongs to no single login, such as the upstream's keys: the one the broker keeps, or one fetched
    /// now, once for all logins that wait for it. See ``SharedValue``.
    ///
    /// If the upstream fails, an old value is returned for as long as the value's bounds allow.
    ///
    /// - Throws: ``BrokerError``: the failure of the fetch, of a kind that ``send(_:)`` throws or of the value's own;
    ///   of kind ``BrokerError/Kind/internalError`` if the request contains the login's credential.
    public func shared<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: false, until: deadline)
    }

    /// The same, for a login that found the kept value out of date: a token names a key that is not in the set, or the
    /// upstream no longer accepts the kept token.
    ///
    /// The value is fetched again, and no old value is returned instead. Since anyone can bring a token with an unknown
    /// key, this happens only once per ``SharedValueBounds/refetchInterval``. In between, the result is the kept
    /// value if it is fresh, and otherwise a failure: that of the last refetch, if it failed.
    ///
    /// - Throws: As ``shared(_:)`` does.
    public func refetched<Value>(_ value: SharedValue<Value>) async throws(BrokerError) -> Value {
        try transport.check(shared: value.request)
        return try await sharedValues.value(value, isForced: true, until: deadline)
    }
}
