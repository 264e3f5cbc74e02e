public import IdentityBroker

/// One client, an app that gets tokens, as configuration describes it.
public struct ClientEntry: Sendable {
    /// The client's id (RFC 6749 §2.2).
    public let id: String
    /// The name for people.
    public let displayName: String
    /// Whether it can keep no secret.
    public let isPublic: Bool
    /// What it may get tokens for: `token_exchange`, `refresh_token`.
    public let grants: Set<String>
    /// The APIs that its access tokens are for.
    public let audiences: [String]
    /// The providers whose credentials it may bring; nil for all.
    public let providers: Set<ProviderID>?
    /// What its tokens are signed with: `ES256` or `RS256`.
    public let signingAlgorithm: String
    /// Whether it may exchange tickets though it proves itself with nothing.
    public let redeemsTicketsWithoutAuthentication: Bool

    let source: CheckedSettings

    /// Where its secret stands; nil for a public client.
    public var secretReference: SecretReference? {
        guard case .secret(let reference) = source.member("secret").value.content else { return nil }
        return reference
    }

    /// Reads its secret; nil for a public client.
    ///
    /// - Throws: ``ConfigurationError`` where it cannot be read, or has less than 16 bytes.
    public func secret(resolver: SecretResolver = .process) throws(ConfigurationError) -> Secret? {
        guard let reference = secretReference else { return nil }
        let place = source.member("secret")
        let secret: Secret
        do {
            secret = try resolver.resolve(reference)
        } catch {
            throw ConfigurationError(problems: [place.problem(.unresolvedSecret, error.message)])
        }
        guard secret.byteCount >= Self.shortestSecret else {
            let message = "The client's secret has less than \(Self.shortestSecret) bytes: it could be guessed."
            throw ConfigurationError(
                problems: [place.problem(.refusedSettings, "\(message) Make one with 'openssl rand -hex 32'.")])
        }
        return secret
    }

    private static let shortestSecret = 16
}
