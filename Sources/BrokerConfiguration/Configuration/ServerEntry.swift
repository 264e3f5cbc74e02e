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
    /// How long people stay signed in.
    public let sessionLifetimes: SessionLifetimes
    /// How the pages look on which people sign in.
    public let loginPages: LoginPages
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

extension ServerEntry {
    /// The problems of the key encryption key.
    func problems(resolver: SecretResolver) -> [ConfigurationProblem] {
        do {
            _ = try keyEncryptionKey(resolver: resolver)
            return []
        } catch {
            return error.problems
        }
    }

    /// The problem for an error that was thrown while something was made from a setting, with its position in the file.
    ///
    /// - Parameter keys: The keys that lead to the setting, such as `operations` and `listen`.
    public func problem(for error: BrokerError, at keys: [String]) -> ConfigurationProblem {
        place(keys).problem(error.kind == .unavailable ? .unavailable : .refusedSettings, error.message)
    }

    /// Advice about a setting, with its position in the file.
    ///
    /// - Parameter keys: The keys that lead to the setting.
    public func advice(_ message: String, at keys: [String]) -> ConfigurationProblem {
        place(keys).problem(.advice, message)
    }

    private func place(_ keys: [String]) -> CheckedSettings {
        keys.reduce(source) { $0.member($1) }
    }

    var warnings: [ConfigurationProblem] {
        var warnings = source.literalSecrets
        if tls == nil, trustedProxies.isEmpty, !listen.isLoopback {
            let message =
                "Plain HTTP is served to other machines. Set 'tls', or list the proxy that speaks TLS in 'trustedProxies'."
            warnings.append(source.member("listen").problem(.advice, message))
        }
        if let operations, ["0.0.0.0", "::"].contains(operations.host) {
            let message = "Health and metrics are served on every network, without TLS. Name an address inside yours."
            warnings.append(source.member("operations").member("listen").problem(.advice, message))
        }
        if trustedProxies.contains(where: \.reachesBeyondSite) {
            let message = """
                Every machine is trusted as a proxy: anyone can claim any address, and so see the metrics and evade the \
                limits. List only the proxies' addresses.
                """
            warnings.append(source.member("trustedProxies").problem(.advice, message))
        }
        if metricsNetworks.contains(where: \.reachesBeyondSite), operations?.isLoopback != true {
            let message = "Anyone can see the metrics. List only the networks that collect them."
            warnings.append(source.member("metricsFrom").problem(.advice, message))
        }
        if showsMetricsBehindProxy {
            let message = """
                A proxy on this machine serves this issuer but is not in 'trustedProxies': its requests count as this \
                machine's own, so it opens /metrics to everyone. Add 127.0.0.0/8 and ::1, or narrow 'metricsFrom'.
                """
            warnings.append(source.member("metricsFrom").problem(.advice, message))
        }
        return warnings
    }

    /// Whether a proxy must be on this machine, because nothing else reaches the service, and its requests may see the
    /// metrics.
    private var showsMetricsBehindProxy: Bool {
        // If operations have their own socket, the proxy's does not serve the metrics.
        guard operations == nil, listen.isLoopback, let issuer = issuer.flatMap({ UpstreamURL($0) }),
            let address = IPAddress(listen.host)
        else { return false }
        return !issuer.isLoopback && metricsNetworks.contains { $0.contains(address) }
            && !trustedProxies.contains { $0.contains(address) }
    }
}
