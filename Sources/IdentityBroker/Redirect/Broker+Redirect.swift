import Foundation

/// A redirect login that has begun.
public struct RedirectStart: Sendable {
    /// Where to send the user's browser.
    public let url: String
    /// What the app must keep until the browser comes back.
    public let flow: RedirectFlow
}

extension Broker {
    /// How long a user may take to sign in at the upstream.
    private static let redirectLifetime: TimeInterval = 10 * 60

    /// Begins a login at the upstream's own site. It ends with ``login(_:with:from:)`` and
    /// ``Credential/callback(_:of:by:)``.
    ///
    /// It may contact the upstream first, for no longer than a login may take.
    ///
    /// - Parameters:
    ///   - id: The provider instance to use.
    ///   - redirectURI: Where the upstream sends the browser back to, as registered there.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, ``BrokerError/Kind/providerDisabled``,
    ///   ``BrokerError/Kind/misconfigured`` (the type supports no redirect), ``BrokerError/Kind/internalError`` (it
    ///   built a URL that does not protect the flow), of a kind that blames the upstream, or, if a request must be sent
    ///   first, ``BrokerError/Kind/unavailable``, ``BrokerError/Kind/timedOut`` or ``BrokerError/Kind/cancelled``.
    public func beginRedirect(
        _ id: ProviderID,
        returningTo redirectURI: String
    ) async throws(BrokerError) -> RedirectStart {
        let provider = try resolve(id)
        let flow = RedirectFlow(
            provider: id,
            redirectURI: redirectURI,
            expiry: clock.now().addingTimeInterval(Self.redirectLifetime),
            randomness: randomness
        )
        do throws(BrokerError) {
            let start = try await begin(flow, at: provider)
            try confirm(provider)
            return start
        } catch {
            let failure = settled(error, of: flow, at: provider)
            notices.report(failure, of: id)
            throw failure
        }
    }

    private func begin(_ flow: RedirectFlow, at provider: ResolvedProvider) async throws(BrokerError) -> RedirectStart {
        let instance = provider.instance
        guard let plugin = provider.provider as? any RedirectRequesting else {
            throw .misconfigured("Providers of type \(instance.manifest.type) begin no login by redirect.")
        }
        let deadline = Deadline(in: instance.limits.timeout, by: clock)
        let transport = GuardedTransport(
            transport, policy: instance.transportPolicy, deadline: deadline, secret: flow.state, others: flow.secrets)
        let admission = RedirectAdmission(to: provider, until: deadline, by: clock)
        let context = RedirectContext(
            deadline: deadline,
            logger: logger.redacting { [ledger = instance.ledger] in ledger.redactor(with: flow.secrets) },
            now: clock.now(),
            transport: transport,
            sharedValues: provider.entry.sharedValues,
            check: RedirectCheck(
                flow: flow,
                form: plugin.redirectForm,
                sendsNonce: provider.nonceRule == .required || provider.nonceRule == .hashed,
                allowsInsecureHTTP: instance.network.egress.allowsInsecureHTTP,
                redactor: instance.ledger.redactor()
            ),
            admit: { () async throws(BrokerError) in
                if try await admission.enter() { try self.confirm(provider) }
            }
        )
        let result = await Race.run(until: deadline) {
            try await plugin.authorizationRequest(for: flow, in: context)
        } whenOver: {
            admission.leave()
        }
        _ = await transport.seal()
        let outcome = result.mapError { failure(for: $0, of: flow.provider) }
        if case .failure(let error) = outcome, let change = admission.settle(outcome) {
            notices.report(change, of: flow.provider, after: settled(error, of: flow, at: provider))
        }
        let request = try outcome.get()
        try context.check.check(url: request.url, isPushed: context.pushed.withLock { $0 })
        var flow = flow
        flow.isIssuerExpected = request.namesItself
        return RedirectStart(url: request.url, flow: flow)
    }

    private func settled(_ error: BrokerError, of flow: RedirectFlow, at provider: ResolvedProvider) -> BrokerError {
        error.settled(
            provider: flow.provider, credential: .unused,
            redactor: provider.instance.ledger.redactor(with: flow.secrets))
    }
}
