import IdentityBroker
import Logging

/// A provider that leaks everything it knows, everywhere it can.
struct TalkativeProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {
        var ending = Ending.brokerError
    }

    enum Ending: String, CaseIterable, Decodable, Sendable {
        case brokerError, ownError, success
    }

    struct OwnError: Error, CustomStringConvertible {
        let description: String
    }

    static let manifest = ProviderManifest(
        type: "talkative",
        displayName: "Talkative",
        summary: "Says everything it knows.",
        credentials: [CredentialForm(kind: .ticket)]
    )

    let issuer = Issuer.example
    private let ending: Ending
    private let context: ProviderContext
    private let secret: Secret

    init(settings: Settings, context: ProviderContext) throws {
        ending = settings.ending
        self.context = context
        secret = try context.resolve(.literal(Secret(Canary.secret)))
        talk(to: context.logger, of: secret.reveal())
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        // A secret that is read only now must be kept out as well.
        let token = try context.resolve(.literal(Secret(Canary.token)))
        let text = "\(credential.value.reveal()) \(secret.reveal()) \(token.reveal()) \(Canary.phoneNumber)"
        talk(to: exchange.logger, of: text)
        talk(to: context.logger, of: "\(secret.reveal()) \(token.reveal()) \(Canary.phoneNumber)")
        _ = try await exchange.send(.redeeming(credential))
        switch ending {
        case .brokerError: throw BrokerError(.accessDenied, text, upstreamCode: text)
        case .ownError: throw OwnError(description: text)
        case .success: break
        }
        var upstream = UpstreamIdentity.person
        upstream.notices = text.split(separator: " ").map { Notice(rawValue: String($0)) }
        return upstream
    }

    private func talk(to logger: Logger, of text: String) {
        var logger = logger
        logger[metadataKey: "kept"] = "\(text)"
        for level in Logger.Level.allCases {
            logger.log(
                level: level, "\(text)", error: OwnError(description: text),
                metadata: [
                    "text": "\(text)",
                    "list": [["\(text)": "\(text)"]],
                    "convertible": .stringConvertible(OwnError(description: text)),
                ])
        }
    }
}
