/// The address of an upstream: scheme, host, port and path, parsed strictly.
///
/// Two parsers that disagree on a URL are how a guard and a client end up talking to different hosts, so anything
/// unusual is refused: user information, query, fragment, percent-encoded or international host names, dot segments.
public struct UpstreamURL: Sendable, Hashable {
    /// The protocol to speak.
    public enum Scheme: String, Sendable, Hashable {
        /// HTTP over TLS.
        case https
        /// Plain HTTP; refused unless an instance allows it.
        case http
    }

    /// `https`, or `http`.
    public let scheme: Scheme
    /// A lower-case DNS name, an IPv4 address, or an IPv6 address in brackets.
    public let host: String
    /// The port, if not the scheme's default.
    public let port: Int?
    /// The path with a leading and no trailing slash, or empty.
    public let path: String

    /// Whether the host is this machine itself: `localhost`, or a loopback address.
    package var isLoopback: Bool {
        guard host != "localhost" else { return true }
        guard let address = IPAddress(host.filter { !"[]".contains($0) }) else { return false }
        return IPNetwork.loopback.contains { $0.contains(address) }
    }

    /// Host and port as they appear in a URL.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// Parses an absolute URL such as `https://core.genauth.cn` or `https://id.example.com:8443/genauth`.
    ///
    /// A trailing slash and the scheme's default port are dropped. Returns nil for anything unusual.
    public init?(_ text: String) {
        // Letters of other scripts can have ASCII lower-case forms.
        guard text.utf8.allSatisfy({ $0 < 0x80 }), let separator = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased())
        else { return nil }
        let rest = text[separator.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let (host, port) = Self.readAuthority(rest[..<slash]), let path = Self.readPath(rest[slash...]) else {
            return nil
        }
        self.scheme = scheme
        self.host = host
        self.port = port == scheme.defaultPort ? nil : port
        self.path = path
    }

    private init(scheme: Scheme, host: String, port: Int?, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// The same URL with path segments added, each percent-encoded by RFC 3986 §3.3.
    public func appending(_ segments: String...) -> UpstreamURL {
        let added = segments.map { "/" + $0.percentEncoded }.joined()
        return UpstreamURL(scheme: scheme, host: host, port: port, path: path + added)
    }
}

extension UpstreamURL: CustomStringConvertible {
    /// The URL as text.
    public var description: String { "\(scheme.rawValue)://\(authority)\(path)" }
}

extension UpstreamURL.Scheme {
    fileprivate var defaultPort: Int {
        switch self {
        case .https: 443
        case .http: 80
        }
    }
}

extension UpstreamURL {
    private static func readAuthority(_ text: Substring) -> (host: String, port: Int?)? {
        let hostEnd: Substring.Index
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            hostEnd = text.index(after: bracket)
        } else {
            hostEnd = text.firstIndex(of: ":") ?? text.endIndex
        }
        let host = text[..<hostEnd].lowercased()
        guard isPlainHost(host) else { return nil }
        let tail = text[hostEnd...]
        guard !tail.isEmpty else { return (host, nil) }
        let digits = tail.dropFirst()
        guard tail.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65535).contains(port)
        else { return nil }
        return (host, port)
    }

    private static func isPlainHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            guard case .v6? = IPAddress(String(host.dropFirst().dropLast())) else { return false }
            return true
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isPlainLabel) else { return false }
        // Octal, hexadecimal and short IPv4 spellings have an all-numeric last label: only four plain octets pass.
        guard let last = labels.last, last.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return true }
        return IPAddress(host) != nil
    }

    private static func isPlainLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
            }
    }

    private static func readPath(_ text: Substring) -> String? {
        let segments = text.split(separator: "/")
        guard segments.allSatisfy({ $0 != "." && $0 != ".." && $0.utf8.allSatisfy(\.isUnreserved) }) else { return nil }
        return segments.map { "/" + $0 }.joined()
    }
}
