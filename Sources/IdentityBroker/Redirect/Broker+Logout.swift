extension Broker {
    /// Where to send a user's browser to sign out at the upstream, after the app has ended its own session.
    ///
    /// It may contact the upstream first, for no longer than a login may take. Nothing is recorded.
    ///
    /// - Returns: The URL; nil if this upstream signs no one out.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, ``BrokerError/Kind/providerDisabled``,
    ///   ``BrokerError/Kind/misconfigured`` (the type has no such ability, or the instance does not fit its upstream),
    ///   ``BrokerError/Kind/invalidCredential`` (the ID token is so short that a request for all contains it),
    ///   ``BrokerError/Kind/internalError`` (it built a URL that does not fit the request, or that is longer than 8 KiB with
    ///   the ID token), ``BrokerError/Kind/timedOut``, ``BrokerError/Kind/cancelled``, ``BrokerError/Kind/unavailable``, or of
    ///   a kind that blames the upstream.
    public func logoutURL(of id: ProviderID, for request: LogoutRequest) async throws(BrokerError) -> String? {
        let provider = try resolve(id)
        let token = request.idToken ?? Secret("")
        do throws(BrokerError) {
            let url = try await logoutURL(of: provider, for: request, token)
            // It may have been switched off while the upstream answered.
            try confirm(provider)
            return url
        } catch {
            throw Self.worded(error).settled(
                provider: id, credential: .unused, redactor: provider.instance.ledger.redactor(with: [token]))
        }
    }

    /// The failure in words that speak of no login, as those of the pipeline do.
    private static func worded(_ error: BrokerError) -> BrokerError {
        switch error.kind {
        case .timedOut: BrokerError(.timedOut, "Where to sign out was not known in time.")
        case .cancelled: BrokerError(.cancelled, "Signing out was cancelled.")
        default: error
        }
    }

    private func logoutURL(
        of provider: ResolvedProvider,
        for request: LogoutRequest,
        _ token: Secret
    ) async throws(BrokerError) -> String? {
        let instance = provider.instance
        guard let plugin = provider.provider as? any LogoutRequesting else {
            throw .misconfigured("Providers of type \(instance.manifest.type) sign no one out.")
        }
        let deadline = Deadline(in: instance.limits.timeout, by: clock)
        let transport = GuardedTransport(
            transport, policy: instance.transportPolicy, deadline: deadline, secret: token, mayLeave: false)
        let context = LogoutContext(
            deadline: deadline, transport: transport, sharedValues: provider.entry.sharedValues)
        let result = await Race.run(until: deadline) {
            try await plugin.logoutURL(for: request, in: context)
        }
        _ = await transport.seal()
        guard let url = try result.mapError({ failure(for: $0, of: instance.id) }).get() else { return nil }
        try LogoutCheck(
            request: request, allowsInsecureHTTP: instance.network.egress.allowsInsecureHTTP,
            redactor: instance.ledger.redactor()
        ).check(url: url)
        return url
    }
}
