import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What decides whether a connection is trusted.
struct TrustOptions: Equatable {
    /// The PEM file of authorities; nil only without TLS.
    let caFile: String?
    /// Whether that file is the system's, as opposed to a provider instance's.
    let isOfTheSystem: Bool
    /// Whether plain HTTP is allowed.
    let allowsInsecureHTTP: Bool
}

/// The proxy of a connection, if any, and what decides whether it is trusted.
struct ProxyOptions: Equatable {
    /// Nil for a connection without a proxy.
    let proxy: EgressProxy?
    /// The PEM file of authorities; nil if the proxy is not reached over TLS.
    let caFile: String?

    /// No proxy.
    static let direct = ProxyOptions(proxy: nil, caFile: nil)
}

extension ProxyOptions {
    /// The options for a proxy, or for none; nil if the proxy is reached over TLS and there are no authorities to
    /// trust.
    init?(_ proxy: EgressProxy?, trust: TrustStore) {
        guard let proxy else {
            self = .direct
            return
        }
        caFile = proxy.url.scheme == .https ? proxy.caFile ?? trust.caFile : nil
        guard caFile != nil || proxy.url.scheme == .http else { return nil }
        self.proxy = proxy
    }
}

/// The certificate authorities of the system.
struct TrustStore: Sendable {
    /// The PEM file, or nil if none can be read.
    let caFile: String?

    /// The first readable file among those where distributions keep their authorities.
    ///
    /// libcurl's compiled-in default is not used: the library may have been built for another distribution, as when it
    /// is linked statically.
    static var ofTheSystem: TrustStore {
        let candidates = [
            "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine, Arch
            "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, RHEL, Amazon Linux
            "/etc/ssl/ca-bundle.pem",  // openSUSE
            "/etc/ssl/cert.pem",  // macOS, FreeBSD
        ]
        return TrustStore(caFile: candidates.first { access($0, R_OK) == 0 })
    }
}
