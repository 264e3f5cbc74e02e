public import IdentityBroker

/// The service as configuration describes it.
public struct ServerEntry: Sendable {
    /// The URL by which apps know the broker; where configuration leaves it out, nil.
    public let issuer: String?
    /// Where to listen.
    public let listen: ListenAddress
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
    public let limits: ServerLimits

    let source: CheckedSettings

    /// Reads the secret under which the signing keys are encrypted.
    ///
    /// - Throws: ``ConfigurationError`` where it cannot be read.
    public func keyEncryptionKey(resolver: SecretResolver = .process) throws(ConfigurationError) -> Secret {
        let place = source.member("keyEncryptionKey")
        guard case .secret(let reference) = place.value.content else {
            throw ConfigurationError(problems: [place.problem(.missingKey, "'keyEncryptionKey' is missing.")])
        }
        do {
            return try resolver.resolve(reference)
        } catch {
            throw ConfigurationError(problems: [place.problem(.unresolvedSecret, error.message)])
        }
    }

    /// An error about the service as a whole, for what is found out only when it is set up.
    public func refusal(_ message: String) -> ConfigurationError {
        ConfigurationError(problems: [source.problem(.refusedSettings, message)])
    }
}
