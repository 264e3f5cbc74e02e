import IdentityBroker

/// A provider whose tickets or ID tokens decide the outcome: `PERSON.NUMBER` signs the person in, and `!KIND.NUMBER`
/// fails with that kind.
struct TicketProvider: LaunchRequesting {
    struct Settings: Decodable, Sendable {
        var opensApp = false
    }

    static let manifest = ProviderManifest(
        type: "tickets",
        displayName: "Tickets",
        summary: "Believes its tickets.",
        credentials: [
            CredentialForm(kind: .ticket, maximumBytes: 200), CredentialForm(kind: .idToken, maximumBytes: 200),
        ],
        nonce: .absent,
        icon: "tickets"
    )

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        issuer = Issuer("https://tickets.example/\(context.id)") ?? .tickets
    }

    static func launchRequest(settings: Settings) throws -> LaunchRequest {
        guard settings.opensApp else { throw BrokerError(.misconfigured, "It opens no app.") }
        return LaunchRequest(target: "app", parameters: [LaunchRequest.Parameter("path", "/sign-in")])
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let name = credential.value.reveal().prefix { $0 != "." }
        if name.hasPrefix("!") {
            let kind = BrokerError.Kind.allKinds.first { $0.rawValue == name.dropFirst() }
            throw BrokerError(kind ?? .internalError, "The ticket says so.", retryAfter: .seconds(7))
        }
        var subject = Agreement(on: "subject")
        subject.add(String(name), at: "ticket")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.claims.name = "Name of \(name)"
        identity.claims.email = EmailAddress("\(name)@example.com").map { .verified(Verified($0)) }
        return identity
    }
}

extension Issuer {
    /// Of an instance whose id is too long to be part of one.
    fileprivate static let tickets: Issuer = {
        guard let issuer = Issuer("https://tickets.example") else { preconditionFailure("the text is an issuer") }
        return issuer
    }()
}

/// A transport for providers that send nothing.
struct NoTransport: UpstreamTransport {
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        throw TransportFailure(.invalidRequest, mayHaveLeft: false)
    }
}
