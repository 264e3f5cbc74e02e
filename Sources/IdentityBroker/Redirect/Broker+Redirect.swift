#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import HTTPTypes

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
    ///   built a URL that does not protect the flow), or of a kind that blames the upstream.
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
            let failure = error.settled(
                provider: id, credential: .unused, redactor: provider.instance.ledger.redactor(with: flow.secrets))
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
            sendAdmitted: { request throws(BrokerError) in
                try await self.send(request, through: transport, to: provider, until: deadline)
            }
        )
        let result = await Race.run(until: deadline) { try await plugin.authorizationRequest(for: flow, in: context) }
        _ = await transport.seal()
        let request = try result.mapError { failure(for: $0, of: flow.provider) }.get()
        try context.check.check(url: request.url, isPushed: context.pushed.withLock { $0 })
        var flow = flow
        flow.isIssuerExpected = request.namesItself
        return RedirectStart(url: request.url, flow: flow)
    }

    /// Sends what a login needs before it begins, within the instance's limits.
    private func send(
        _ request: UpstreamRequest,
        through transport: GuardedTransport,
        to provider: ResolvedProvider,
        until deadline: Deadline
    ) async throws(BrokerError) -> UpstreamResponse {
        let slot = try await provider.entry.admission.enter(from: nil, until: deadline, by: clock)
        var failure: BrokerError?
        defer { dismiss(slot, from: provider, after: failure) }
        do {
            if slot.hasWaited { try confirm(provider) }
            let response = try await transport.send(request)
            if response.status.kind == .serverError {
                failure = BrokerError(.upstreamUnavailable, "The upstream failed.")
            }
            return response
        } catch {
            failure = error
            throw error
        }
    }

    /// An answer does not reset the breaker: the upstream may push well, and exchange nothing.
    private func dismiss(_ slot: Slot, from provider: ResolvedProvider, after failure: BrokerError?) {
        let isUpstreamToBlame = [.upstreamUnavailable, .upstreamMisbehaved, .timedOut].contains(failure?.kind)
        let change = provider.entry.admission.settle(
            slot, as: isUpstreamToBlame ? .failing : .undecided, at: clock.uptime())
        slot.leave()
        guard let change else { return }
        notices.report(change, of: provider.instance.id, after: failure)
    }
}
