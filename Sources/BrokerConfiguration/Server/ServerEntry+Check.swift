import BrokerServing
public import IdentityBroker

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
        guard operations == nil, listen.isLoopback, let host = issuer.flatMap({ UpstreamURL($0) })?.host,
            let address = IPAddress(listen.host)
        else { return false }
        let isPublic = host != "localhost" && ListenAddress("\(host):0")?.isLoopback != true
        return isPublic && metricsNetworks.contains { $0.contains(address) }
            && !trustedProxies.contains { $0.contains(address) }
    }
}
