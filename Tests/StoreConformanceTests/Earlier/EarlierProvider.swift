import Foundation
import IdentityBroker

/// A provider whose credentials name the person: the ticket `ada-1` is one of Ada's, and so is the ID token `NONCE.ada`.
struct EarlierProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {}

    static let manifest = ProviderManifest(
        type: "earlier",
        displayName: "Earlier",
        summary: "Takes every ticket and ID token.",
        credentials: [CredentialForm(kind: .ticket), CredentialForm(kind: .idToken)]
    )

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("https://people.example") else {
            throw BrokerError(.misconfigured, "The issuer is none.")
        }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let text = credential.value.reveal()
        let parts = text.split(separator: credential.kind == .idToken ? "." : "-").map(String.init)
        let name = credential.kind == .idToken ? parts.last : parts.first
        guard let name, name != "stranger" else { throw BrokerError(.invalidCredential, "Nobody knows the person.") }
        var subject = Agreement(on: "subject")
        subject.add(name, at: "name")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = "\(name.capitalized) 张"
        if credential.kind == .idToken { identity.nonce = parts.first }
        return identity
    }
}

/// A transport for a provider that sends nothing.
struct NoTransport: UpstreamTransport {
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        throw TransportFailure(.connectionFailed, mayHaveLeft: false)
    }
}
