public import BrokerServing
public import BrokerTokens
public import IdentityBroker

/// The configured service.
public struct ServerEntry: Sendable {
    /// The URL by which apps know the broker; nil if configuration omits it.
    public let issuer: String?
    /// Where to listen.
    public let listen: ListenAddress
    /// The separate listener for health and metrics; nil if they share the service's.
    public let operations: ListenAddress?
    /// The certificate to serve with; nil for plain HTTP.
    public let tls: CertificatePaths?
    /// The networks of trusted proxies.
    public let trustedProxies: [IPNetwork]
    /// The header field in which those proxies report the client.
    public let forwardingHeader: ForwardingHeader
    /// Who may see the metrics.
    public let metricsNetworks: [IPNetwork]
    /// The lifetimes of tokens and grants.
    public let lifetimes: TokenLifetimes
    /// When the signing keys are replaced.
    public let rotation: KeyRotation
    /// How many requests the service accepts, and from whom.
    public let requests: RequestLimits
    /// How much of each request is read.
    public let bounds: RequestBounds
    /// The connection limits.
    public let connections: ConnectionCapacity
    /// How long it takes to stop.
    public var drain: DrainTimes

    let source: CheckedSettings

    /// Reads the secret that encrypts the signing keys.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be read, or has less than 32 bytes.
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
