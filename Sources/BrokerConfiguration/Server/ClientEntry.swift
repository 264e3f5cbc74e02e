public import BrokerTokens
public import IdentityBroker

/// One client, an app that gets tokens, as configuration describes it.
public struct ClientEntry: Sendable {
    /// The client's id (RFC 6749 §2.2).
    public let id: String
    /// The name for people.
    public let displayName: String
    /// Whether it can keep no secret.
    public let isPublic: Bool
    /// How it may get tokens.
    public let grants: Set<GrantType>
    /// The APIs that its access tokens are for.
    public let audiences: [String]
    /// The providers whose credentials it may bring; nil for all.
    public let providers: Set<ProviderID>?
    /// What its tokens are signed with.
    public let signingAlgorithm: SigningAlgorithm
    /// Whether it may exchange tickets though it proves itself with nothing.
    public let redeemsTicketsWithoutAuthentication: Bool
    /// The audiences about whose tokens it may ask.
    public let introspects: Set<String>
    /// The web origins whose pages may use the service as this client.
    public let corsOrigins: Set<String>

    let source: CheckedSettings

    /// Where its secrets stand, in the order of the file; none for a public client.
    public var secretReferences: [SecretReference] { secretSettings.map(\.reference) }

    /// What was refused while something was made of the client, with its place in the file.
    public func problem(for error: BrokerError) -> ConfigurationProblem { source.problem(for: error) }

    /// Says that the client's tokens are signed in another way once the program is restarted.
    public var signingAlgorithmNeedsRestart: ConfigurationProblem { source.member("signingAlgorithm").needsRestart }

    private var secretSettings: [(reference: SecretReference, place: CheckedSettings)] {
        source.member("secret").secrets + source.member("secrets").secrets
    }

    /// Reads its secrets; none for a public client.
    ///
    /// - Throws: ``ConfigurationError`` with every one that cannot be read, has less than 16 bytes, or holds other
    ///   characters than printable ASCII (RFC 6749 App. A.2).
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
