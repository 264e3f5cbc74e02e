/// An HTTP proxy through which upstreams are reached, by `CONNECT` (RFC 9110 §9.3.6): TLS runs from the broker to the
/// upstream, and the proxy sees the upstream's name and port.
///
/// The proxy resolves that name, so the ``EgressPolicy`` judges the proxy's address, and an upstream's only if it is
/// given as an address or `localhost`.
public struct EgressProxy: Sendable, Hashable {
    /// The proxy's URL: `http` or `https`, without a path.
    public let url: UpstreamURL
    /// A PEM file of certificate authorities to trust for an `https` proxy instead of the system's.
    public let caFile: String?
    /// The credentials to send to the proxy.
    public var credentials: ProxyCredentials?

    /// Makes a proxy. Returns nil if the URL has a path.
    public init?(_ url: UpstreamURL, caFile: String? = nil, credentials: ProxyCredentials? = nil) {
        guard url.path.isEmpty else { return nil }
        self.url = url
        self.caFile = caFile
        self.credentials = credentials
    }
}

/// A user name and a password for a proxy, sent with the Basic scheme (RFC 7617).
public struct ProxyCredentials: Sendable {
    /// The user name, in UTF-8, without a colon.
    public let userName: Secret
    /// The password, in UTF-8; may contain colons.
    public let password: Secret

    /// Parses `user:password`, split at the first colon (RFC 7617 §2). Both are used verbatim, without
    /// percent-decoding.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, without the text, if the colon or the user
    ///   name is missing, or if the text contains a control character.
    public init(_ text: Secret) throws(BrokerError) {
        let bytes = text.revealBytes()
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw .misconfigured("Proxy credentials must be 'user:password', without percent-encoding.")
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .misconfigured("Proxy credentials must not contain control characters, such as a line break.")
        }
        userName = Secret(String(decoding: bytes[..<colon], as: UTF8.self))
        password = Secret(String(decoding: bytes[(colon + 1)...], as: UTF8.self))
    }
}

extension ProxyCredentials: Hashable {
    /// Hashes nothing, since everything is secret; a process has few of these.
    public func hash(into hasher: inout Hasher) {}
}

extension ProxyCredentials: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
