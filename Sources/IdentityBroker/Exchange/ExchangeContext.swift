public import Foundation
public import Logging

/// One login's access to the network, as its provider sees it.
public struct ExchangeContext: Sendable {
    /// The deadline of the login, or of the part that ``limited(to:)`` made. Every request is limited to the remaining
    /// time.
    public private(set) var deadline: Deadline
    /// A logger that redacts the credential and the instance's secrets.
    public let logger: Logger
    /// The time of day when the login began.
    public let now: Date

    let transport: GuardedTransport
    let sharedValues: SharedValues
    let ledger: SecretLedger
    /// Whether it ends before the login does.
    private(set) var isPart = false

    init(
        deadline: Deadline,
        logger: Logger,
        now: Date,
        transport: GuardedTransport,
        sharedValues: SharedValues,
        ledger: SecretLedger
    ) {
        self.deadline = deadline
        self.logger = logger
        self.now = now
        self.transport = transport
        self.sharedValues = sharedValues
        self.ledger = ledger
    }

    /// The same for a part of the login that may fail, such as a profile that only adds claims: what takes longer than
    /// this time fails as ``BrokerError/Kind/timedOut``, and the rest of the login goes on.
    ///
    /// - Parameter time: The time for this part, cut to the time that remains.
    public func limited(to time: Duration) -> ExchangeContext {
        var part = self
        part.deadline = deadline.atMost(time)
        part.isPart = true
        return part
    }

    /// Sends a request and returns the answer with any status except a redirect.
    ///
    /// A request that may have left is never sent again, and the credential leaves at most once.
    ///
    /// - Throws: ``BrokerError`` of a kind that a provider should pass on: ``BrokerError/Kind/upstreamUnavailable``,
    ///   ``BrokerError/Kind/upstreamMisbehaved`` (a redirect, an oversized or cut-off answer),
    ///   ``BrokerError/Kind/timedOut``, ``BrokerError/Kind/cancelled``, ``BrokerError/Kind/misconfigured`` (an address
    ///   that the egress policy refuses), ``BrokerError/Kind/internalError`` (an attempt to send twice).
    public func send(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        try await send(request, insteadOf: nil)
    }

    /// - Parameter refused: The request that it replaces; see ``send(with:refusedIf:_:)``.
    func send(
        _ request: UpstreamRequest,
        insteadOf refused: UpstreamRequest?
    ) async throws(BrokerError) -> UpstreamResponse {
        guard isPart else { return try await transport.send(request, insteadOf: refused) }
        let transport = transport
        let result = await Race.run(until: deadline) { try await transport.send(request, insteadOf: refused) }
        return try result.mapError { error in
            switch error {
            case let error as BrokerError: error
            case is Race.DeadlinePassed: BrokerError(.timedOut, "The upstream did not answer in time.")
            default: BrokerError(.cancelled, "The login was cancelled.")
            }
        }.get()
    }

    /// A value that belongs to no single login, such as the upstream's keys: the one the broker keeps, or one fetched
    /// now, once for all logins that wait for it. See ``SharedValue``.
    ///
    /// If the upstream fails, an old value is returned for as long as the value's bounds allow.
    ///
    /// - Throws: ``BrokerError``: the failure of the fetch, of a kind that ``send(_:)`` throws or of the value's own;
    ///   of kind ``BrokerError/Kind/invalidCredential`` if the request contains the login's credential.
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
