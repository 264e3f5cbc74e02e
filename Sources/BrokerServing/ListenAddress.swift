import IdentityBroker

/// Where a service listens.
public struct ListenAddress: Sendable, Hashable {
    /// The address; IPv6 without brackets.
    public let host: String
    /// The port; 0 for any free one.
    public let port: Int

    /// The default address of a service, reachable only from this machine.
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Parses an address and a port such as `127.0.0.1:8080` or `[::1]:8080`. Returns nil for anything else, including
    /// names: a name may resolve to another address tomorrow.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port), String(port) == text[text.index(after: colon)...]
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = String(host.dropFirst().dropLast())
            guard case .v6? = IPAddress(inner) else { return nil }
            self.host = inner
        } else {
            guard case .v4? = IPAddress(String(host)) else { return nil }
            self.host = String(host)
        }
        self.port = port
    }

    /// Whether it is reachable only from this machine.
    public var isLoopback: Bool {
        guard let address = IPAddress(host) else { return false }
        return IPNetwork.loopback.contains { $0.contains(address) }
    }

    /// Whether a service cannot listen on both: they are equal, or one is a wildcard that includes the other.
    package func overlaps(_ other: ListenAddress) -> Bool {
        guard port == other.port, port != 0, let one = IPAddress(host), let another = IPAddress(other.host) else {
            return false
        }
        return one == another || one.isEvery(including: another) || another.isEvery(including: one)
    }

    /// The address as written in a URL, with a port.
    ///
    /// - Parameter port: The actual port, if it differs from the requested one.
    public func authority(port: Int? = nil) -> String {
        "\(host.contains(":") ? "[\(host)]" : host):\(port ?? self.port)"
    }
}

extension IPAddress {
    /// Whether listening here includes listening there. `::` includes IPv4 addresses (RFC 3493 §5.3).
    fileprivate func isEvery(including other: IPAddress) -> Bool {
        switch (self, other) {
        case (.v6(0), _), (.v4(0), .v4): true
        default: false
        }
    }
}

/// The files of a certificate and its key.
public struct CertificatePaths: Sendable, Hashable {
    /// The absolute path of the certificate chain in PEM form.
    public let certificate: String
    /// The absolute path of the private key in PEM form.
    public let key: String

    /// Names the files.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// The header field in which trusted proxies report the client for whom they forward a request.
///
/// Only one is read: a proxy that writes one passes the other on as the client sent it.
public enum ForwardingHeader: String, Sendable, CaseIterable {
    /// `X-Forwarded-For`, with `X-Forwarded-Proto` for the scheme: what most proxies write.
    case xForwardedFor = "X-Forwarded-For"
    /// `Forwarded` (RFC 7239).
    case forwarded = "Forwarded"
}
