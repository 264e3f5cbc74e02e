public import BrokerServing
public import BrokerTokens
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
    public let tls: CertificatePaths?
    /// The networks of proxies that are believed.
    public let trustedProxies: [IPNetwork]
    /// Where those proxies say whom a request comes from.
    public let forwardingHeader: ForwardingHeader
    /// Who may see the metrics.
    public let metricsNetworks: [IPNetwork]
    /// How long tokens and grants live.
    public let lifetimes: TokenLifetimes
    /// When the signing keys are replaced.
    public let rotation: KeyRotation
    /// How many requests the service takes on, and from whom.
    public let requests: RequestLimits
    /// How much of each is read.
    public let bounds: RequestBounds
    /// How many connections it holds.
    public let connections: ConnectionCapacity
    /// How long it takes to stop.
    public var drain: DrainTimes

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
