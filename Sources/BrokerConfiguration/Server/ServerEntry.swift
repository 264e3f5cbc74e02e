public import IdentityBroker

/// The service as configuration describes it.
public struct ServerEntry: Sendable {
    /// The URL by which apps know the broker; where configuration leaves it out, nil.
    public let issuer: String?
    /// Where to listen.
    public let listen: ListenAddress
    /// Where health and metrics have a socket of their own; nil where they share the service's.
    public let operations: ListenAddress?
    /// The certificate to serve with; nil for plain HTTP.
    public let tls: TLSFiles?
    /// The networks of proxies that are believed.
    public let trustedProxies: [IPNetwork]
    /// Where those proxies say whom a request comes from: `X-Forwarded-For` or `Forwarded`.
    public let forwardingHeader: String
    /// Who may see the metrics.
    public let metricsNetworks: [IPNetwork]
    /// How long tokens live.
    public let tokens: TokenTimes
    /// How much the service takes on.
    public var limits: ServerLimits

    let source: CheckedSettings

    /// Reads the secret under which the signing keys are encrypted.
    ///
    /// - Throws: ``ConfigurationError`` where it cannot be read, or has less than 32 bytes.
    public func keyEncryptionKey(resolver: SecretResolver = .process) throws(ConfigurationError) -> Secret {
        let place = source.member("keyEncryptionKey")
        guard case .secret(let reference) = place.value.content else {
            throw ConfigurationError(problems: [place.problem(.missingKey, "'keyEncryptionKey' is missing.")])
        }
        let secret: Secret
        do {
            secret = try resolver.resolve(reference)
        } catch {
            throw ConfigurationError(problems: [place.problem(.unresolvedSecret, error.message)])
        }
        guard secret.byteCount >= Self.shortestKey else {
            let message = "The key encryption key has less than \(Self.shortestKey) bytes: it could be guessed."
            throw ConfigurationError(
                problems: [place.problem(.refusedSettings, "\(message) Make one with 'openssl rand -base64 32'.")])
        }
        return secret
    }

    private static let shortestKey = 32
}
