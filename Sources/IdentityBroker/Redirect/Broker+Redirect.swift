#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Broker {
    /// For how long a user may take to sign in at the upstream.
    private static let redirectLifetime: TimeInterval = 10 * 60

    /// Begins a login at the upstream's own site. It ends with ``login(_:with:from:)`` and
    /// ``Credential/callback(_:of:)``.
    ///
    /// - Parameters:
    ///   - id: Which provider instance to ask.
    ///   - redirectURI: Where the upstream shall send the browser back to, as it is registered there.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/unknownProvider``, ``BrokerError/Kind/providerDisabled``,
    ///   ``BrokerError/Kind/misconfigured`` (the type knows no redirect), or ``BrokerError/Kind/internalError`` (it built a
    ///   URL without the flow's state).
    public func beginRedirect(
        _ id: ProviderID,
        returningTo redirectURI: String
    ) throws(BrokerError) -> RedirectStart {
        let provider = try resolve(id)
        do throws(BrokerError) {
            return try begin(at: provider, returningTo: redirectURI)
        } catch {
            throw error.settled(
                provider: id, credential: .unused, redactor: provider.instance.ledger.redactor())
        }
    }

    private func begin(at provider: ResolvedProvider, returningTo redirectURI: String) throws(BrokerError)
        -> RedirectStart
    {
        guard let plugin = provider.provider as? any RedirectRequesting else {
            throw .misconfigured("Providers of type \(provider.instance.manifest.type) begin no login by redirect.")
        }
        let flow = RedirectFlow(
            provider: provider.instance.id,
            redirectURI: redirectURI,
            expiry: clock.now().addingTimeInterval(Self.redirectLifetime),
            randomness: randomness
        )
        let url: String
        do {
            url = try plugin.authorizationURL(for: flow)
        } catch {
            throw (error as? BrokerError) ?? BrokerError(.internalError, "The provider could not build the redirect.")
        }
        // CVE-2023-27490 and its like: what is never sent is never checked.
        guard let query = URLComponents(string: url)?.percentEncodedQuery,
            let sent = try? RedirectCallback(query), sent.state.map({ Secret($0) == flow.state }) == true
        else {
            throw BrokerError(.internalError, "The provider built a redirect without the state of its flow.")
        }
        return RedirectStart(url: url, flow: flow)
    }
}
