import Foundation
import IdentityBroker

/// Provider types that differ only in their manifests: their names and their capabilities.
protocol ManifestOnly: IdentityProvider {
    init()
}

extension ManifestOnly {
    var issuer: Issuer { .example }

    init(settings: NoSettings, context: ProviderContext) throws {
        self.init()
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        .person
    }
}

struct NoSettings: Decodable, Sendable {}

extension ProviderManifest {
    static func example(_ type: String) -> ProviderManifest {
        ProviderManifest(type: type, displayName: type, summary: "", credentials: [])
    }
}

/// Builds launch requests.
struct LaunchingProvider: ManifestOnly, LaunchRequesting {
    static let manifest = ProviderManifest.example("launching")

    static func launchRequest(settings: NoSettings) throws -> LaunchRequest {
        LaunchRequest(target: "example", parameters: [.init("path", "/")])
    }
}

/// Reads credentials from what another app returned. Accepts any text except `no`.
struct CallbackProvider: ManifestOnly, CallbackReading {
    static let manifest = ProviderManifest.example("callback")

    static func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        guard callback != "no" else { throw BrokerError(.cancelledByUser, "The user said no.") }
        return .ticket(callback)
    }
}

/// Has advice on its settings.
struct AdvisingProvider: ManifestOnly, SettingsAdvising {
    static let manifest = ProviderManifest.example("advising")

    static func advice(settings: NoSettings) -> [String] { ["Have settings."] }
}

/// Has an invalid name.
struct MisnamedProvider: ManifestOnly {
    static let manifest = ProviderManifest.example("Mis Named")
}

/// Captures a decoder, for code that needs one.
struct DecoderProbe: Decodable {
    let decoder: any Decoder

    init(from decoder: any Decoder) throws {
        self.decoder = decoder
    }

    static func decoder(of json: String) throws -> any Decoder {
        try JSONDecoder().decode(DecoderProbe.self, from: Data(json.utf8)).decoder
    }
}
