public import BrokerTokens
public import IdentityBroker

/// One configured client: an app that gets tokens.
public struct ClientEntry: Sendable {
    /// The client's id (RFC 6749 §2.2).
    public let id: String
    /// The name shown to people.
    public let displayName: String
    /// Whether it cannot keep a secret.
    public let isPublic: Bool
    /// The grant types that it may use.
    public let grants: Set<GrantType>
    /// The APIs that its access tokens are for.
    public let audiences: [String]
    /// The providers whose credentials it may present; nil for all.
    public let providers: Set<ProviderID>?
    /// The signing algorithm of its tokens.
    public let signingAlgorithm: SigningAlgorithm
    /// Whether it may exchange tickets without authenticating.
    public let redeemsTicketsWithoutAuthentication: Bool
    /// The audiences whose tokens it may introspect.
    public let introspects: Set<String>
    /// The web origins whose pages may use the service as this client.
    public let corsOrigins: Set<String>

    let source: CheckedSettings

    /// Its secret references, in file order; empty for a public client.
    public var secretReferences: [SecretReference] { secretSettings.map(\.reference) }

    /// The problem for an error that was thrown while something was made from the client, with its position in the
    /// file.
    public func problem(for error: BrokerError) -> ConfigurationProblem { source.problem(for: error) }

    /// The problem that a changed signing algorithm takes effect only after a restart.
    public var signingAlgorithmNeedsRestart: ConfigurationProblem { source.member("signingAlgorithm").needsRestart }

    private var secretSettings: [(reference: SecretReference, place: CheckedSettings)] {
        source.member("secret").secrets + source.member("secrets").secrets
    }

    /// Reads its secrets; empty for a public client.
    ///
    /// - Throws: ``ConfigurationError`` with every secret that cannot be read, has less than 16 bytes, or contains
    ///   other characters than printable ASCII (RFC 6749 App. A.2).
    public func secrets(resolver: SecretResolver = .process) throws(ConfigurationError) -> [Secret] {
        var secrets: [Secret] = []
        var problems: [ConfigurationProblem] = []
        for (reference, place) in secretSettings {
            do throws(BrokerError) {
                let secret = try resolver.resolve(reference)
                if let message = Self.flaw(in: secret) {
                    problems.append(place.problem(.refusedSettings, message))
                }
                secrets.append(secret)
            } catch {
                problems.append(place.problem(.unresolvedSecret, error.message))
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return secrets
    }

    private static func flaw(in secret: Secret) -> String? {
        switch ClientSecretFlaw(in: secret) {
        case nil: nil
        case .tooShort:
            """
            The client's secret has fewer than \(ClientSecretFlaw.minimumBytes) bytes and could be guessed. \(remedy)
            """
        case .notPrintableASCII:
            "The client's secret contains characters other than printable ASCII, which no client can send. \(remedy)"
        }
    }

    private static let remedy = "Generate one with 'openssl rand -hex 32'."
}

extension ClientEntry {
    /// The problems of the client's secrets.
    func problems(resolver: SecretResolver) -> [ConfigurationProblem] {
        do {
            _ = try secrets(resolver: resolver)
            return []
        } catch {
            return error.problems
        }
    }

    /// What is unwise about it, given the providers that are configured.
    func warnings(with instances: [ProviderEntry]) -> [ConfigurationProblem] {
        var warnings = source.literalSecrets
        let usable = instances.filter { providers?.contains($0.id) ?? true }
        if redeemsTicketsWithoutAuthentication, usable.flatMap(\.manifest.credentials).contains(where: \.namesNoApp) {
            let message = """
                Anyone with a ticket or code can sign in through this client: neither names an app. Unless that is \
                intended, list the 'providers' that it needs.
                """
            let place = source.member("redeemsTicketsWithoutAuthentication")
            warnings.append(place.problem(.advice, message))
        }
        return warnings
    }
}

extension TokenClient {
    /// Makes a client from its configuration.
    ///
    /// - Parameters:
    ///   - entry: The configured client.
    ///   - secrets: Its secrets; empty for a public client.
    ///   - algorithm: The signing algorithm of its tokens, if different from the configured one.
    /// - Throws: As ``TokenClient`` does.
    public init(
        _ entry: ClientEntry,
        secrets: [Secret],
        signingWith algorithm: SigningAlgorithm? = nil
    ) throws(BrokerError) {
        try self.init(
            id: entry.id,
            displayName: entry.displayName,
            authentication: entry.isPublic ? .none : .secrets(secrets),
            grants: entry.grants,
            audiences: entry.audiences,
            providers: entry.providers,
            signingAlgorithm: algorithm ?? entry.signingAlgorithm,
            redeemsTicketsWithoutAuthentication: entry.redeemsTicketsWithoutAuthentication,
            introspects: entry.introspects,
            corsOrigins: entry.corsOrigins
        )
    }
}

extension CredentialForm {
    /// Whether whoever holds such a credential can present it as any client. An ID token contains a nonce that the service
    /// gave the client, and most codes are bound to a flow.
    fileprivate var namesNoApp: Bool {
        switch kind {
        case .idToken: false
        case .authorizationCode: acceptsNativeCodes
        default: true
        }
    }
}
