import IdentityBroker
import WXAppProvider

/// The provider `wxapp`, timed from the upstream's answer to the identity.
struct TimedProvider: IdentityProvider {
    /// The provider's settings, and where the times go.
    struct Settings: Decodable, Sendable {
        let wxapp: WXAppProvider.Settings
        let times: MappingTimes

        init(wxapp: WXAppProvider.Settings, times: MappingTimes) {
            self.wxapp = wxapp
            self.times = times
        }

        init(from decoder: any Decoder) throws {
            self.init(wxapp: try WXAppProvider.Settings(from: decoder), times: MappingTimes())
        }
    }

    static var manifest: ProviderManifest { WXAppProvider.manifest }

    private let provider: WXAppProvider
    private let times: MappingTimes

    var issuer: Issuer { provider.issuer }

    init(settings: Settings, context: ProviderContext) throws {
        provider = try WXAppProvider(settings: settings.wxapp, context: context)
        times = settings.times
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let identity = try await provider.authenticate(credential, in: exchange)
        times.end()
        return identity
    }
}
