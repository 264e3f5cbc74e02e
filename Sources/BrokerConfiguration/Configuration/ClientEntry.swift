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
    /// The signing algorithm of its access tokens.
    public let signingAlgorithm: SigningAlgorithm
    /// Whether it may exchange tickets without authenticating.
    public let redeemsTicketsWithoutAuthentication: Bool
    /// The audiences whose tokens it may introspect.
    public let introspects: Set<String>
    /// The web origins whose pages may use the service as this client.
    public let corsOrigins: Set<String>
    /// How its people sign in on the service's own pages.
    public let authorization: AuthorizationSettings

    /// The file with its public keys; nil for a client without keys.
    let keySetFile: KeySetFile?
    /// Where the service may send something to it, as configured.
    let network: NetworkPolicy
    let source: CheckedSettings

    /// Its secret references, in file order; empty for a public client.
    public var secretReferences: [SecretReference] { secretSettings.map(\.reference) }

    /// The problem for an error that was thrown while something was made from the client, with its position in the
    /// file.
    public func problem(for error: BrokerError) -> ConfigurationProblem { source.problem(for: error) }

    /// Whether it authenticates with keys of its own instead of secrets (`private_key_jwt`).
    public var hasKeys: Bool { keySetFile != nil }

    private var secretSettings: [(reference: SecretReference, place: CheckedSettings)] {
        source.member("secret").secrets + source.member("secrets").secrets
    }

    /// Reads what it authenticates with: its secrets, or the file with its keys.
    ///
    /// - Throws: ``ConfigurationError`` with everything that cannot be read or used.
    public func authentication(
        resolver: SecretResolver = .process
    ) throws(ConfigurationError) -> TokenClient.Authentication {
        if isPublic { return .none }
        guard let keySetFile else { return .secrets(try secrets(resolver: resolver)) }
        do {
            return .keys(try keySetFile.keys())
        } catch {
            let place = source.member("jwksFile")
            throw ConfigurationError(problems: [place.problem(.invalidValue, error.message)])
        }
    }

    /// Reads its secrets; empty for a public client, and for one with keys.
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
    /// Where the service may send something to the client: as configured, and to a loopback address if its own URL has one.
    package var deliveryNetwork: NetworkPolicy {
        guard let uri = authorization.backchannelLogoutURI,
            let origin = (try? RedirectURI(uri, isNative: false))?.destination?.origin, origin.isLoopback
        else { return network }
        var network = network
        network.egress.allowedNetworks += IPNetwork.loopback
        network.egress.allowsInsecureHTTP = origin.scheme == .http
        return network
    }

    /// The problems of what the client authenticates with, and of the authorities that the service trusts about it.
    func problems(resolver: SecretResolver) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        do {
            _ = try authentication(resolver: resolver)
        } catch {
            problems = error.problems
        }
        return problems + problemsOfCAFile
    }

    private var problemsOfCAFile: [ConfigurationProblem] {
        guard let message = network.caFile.flatMap({ AuthorityFile(path: $0).problem }) else { return [] }
        return [source.member("network").member("caFile").problem(.invalidValue, message)]
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
        if grants.areInteractive, !usable.contains(where: { $0.kind.capabilities.contains(.redirect) }) {
            let message = """
                None of the enabled providers that this client may use takes people through a browser, so nobody can sign in \
                with it here.
                """
            warnings.append(source.problem(.advice, message))
        }
        return warnings
    }
}

extension TokenClient {
    /// Makes a client from its configuration.
    ///
    /// - Parameters:
    ///   - entry: The configured client.
    ///   - authentication: What it authenticates with; see ``ClientEntry/authentication(resolver:)``.
    /// - Throws: As ``TokenClient`` does.
    public init(_ entry: ClientEntry, authentication: Authentication) throws(BrokerError) {
        try self.init(
            id: entry.id,
            displayName: entry.displayName,
            authentication: authentication,
            grants: entry.grants,
            audiences: entry.audiences,
            providers: entry.providers,
            signingAlgorithm: entry.signingAlgorithm,
            redeemsTicketsWithoutAuthentication: entry.redeemsTicketsWithoutAuthentication,
            introspects: entry.introspects,
            corsOrigins: entry.corsOrigins,
            authorization: entry.authorization
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
