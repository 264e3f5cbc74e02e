import IdentityBroker

/// Wraps a provider unchanged, and observes what goes in and comes out.
///
/// The pipeline hides a provider's mistakes, as it should: the deadline holds whatever a provider does, and a secret in
/// its message is removed. Here they are visible.
struct ObservedProvider<Base: IdentityProvider>: IdentityProvider {
    static var manifest: ProviderManifest { Base.manifest }

    var issuer: Issuer { base.issuer }
    var nonceRule: NonceRule? { base.nonceRule }
    private let base: Base

    func adapted(_ manifest: ProviderManifest) -> ProviderManifest { base.adapted(manifest) }

    init(_ base: Base) {
        self.base = base
    }

    init(settings: Base.Settings, context: ProviderContext) throws {
        self.init(try Base(settings: settings, context: context))
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let watch = LoginWatch.current
        watch?.begin(with: credential)
        do {
            let identity = try await base.authenticate(credential, in: exchange)
            watch?.end(.returned)
            return identity
        } catch {
            watch?.end(.threw(error))
            throw error
        }
    }
}

extension ObservedProvider: RedirectRequesting where Base: RedirectRequesting {
    var redirectForm: RedirectForm { base.redirectForm }

    func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        try await base.authorizationRequest(for: flow, in: context)
    }
}

extension ObservedProvider: LogoutRequesting where Base: LogoutRequesting {
    func logoutURL(for request: LogoutRequest, in context: LogoutContext) async throws -> String? {
        try await base.logoutURL(for: request, in: context)
    }
}

extension ProviderKind {
    /// The same kind, whose settings are read while the ``SettingsWatch`` observes, and whose providers are observed.
    var observed: ProviderKind {
        observed(
            reading: { decoder in SettingsWatch.current.map { WatchedDecoder(decoder, watch: $0) } ?? decoder },
            { SettingsWatch.current?.note($0) },
            making: { Self.observed($0) })
    }

    private static func observed(_ provider: some IdentityProvider) -> any IdentityProvider {
        ObservedProvider(provider)
    }
}
