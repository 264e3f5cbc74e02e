import IdentityBroker

/// Wraps a provider type unchanged, and observes what goes in and comes out.
///
/// The pipeline hides a provider's mistakes, as it should: the deadline holds whatever a provider does, and a secret in
/// its message is removed. Here they are visible.
struct ObservedProvider<Base: IdentityProvider>: IdentityProvider {
    /// The type's own settings, read while the ``SettingsWatch`` observes.
    struct Settings: Decodable, Sendable {
        let base: Base.Settings

        init(from decoder: any Decoder) throws {
            guard let watch = SettingsWatch.current else {
                base = try Base.Settings(from: decoder)
                return
            }
            base = try Base.Settings(from: WatchedDecoder(decoder, watch: watch))
            watch.note(base)
        }
    }

    static var manifest: ProviderManifest { Base.manifest }

    var issuer: Issuer { base.issuer }
    var nonceRule: NonceRule? { base.nonceRule }
    private let base: Base

    init(settings: Settings, context: ProviderContext) throws {
        base = try Base(settings: settings.base, context: context)
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

extension ObservedProvider: LaunchRequesting where Base: LaunchRequesting {
    static func launchRequest(settings: Settings) throws -> LaunchRequest {
        try Base.launchRequest(settings: settings.base)
    }
}

extension ObservedProvider: CallbackReading where Base: CallbackReading {
    static func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        try Base.credential(fromCallback: callback)
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

extension ObservedProvider: SettingsAdvising where Base: SettingsAdvising {
    static func advice(settings: Settings) -> [String] {
        Base.advice(settings: settings.base)
    }
}
