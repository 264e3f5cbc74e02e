/// What a person does on a sandbox's page.
package enum Decision: Sendable, Hashable {
    /// Signs in.
    case agree(Person)
    /// Declines.
    case refuse
}

/// What becomes of an authorization request (RFC 6749 §4.1.2).
package enum AuthorizationOutcome: Sendable {
    /// An error that only the person sees, since the client's address is not known.
    case error(String)
    /// A page on which the person chooses.
    case choice
    /// The answer that the browser brings to the client.
    case answer(RedirectAnswer)
}

/// An answer to an authorization request.
package struct RedirectAnswer: Sendable {
    package let redirectURI: String
    package let parameters: [String: String]
    /// Whether it is posted as a form (OAuth 2.0 Form Post Response Mode §2).
    package let isPosted: Bool

    /// Creates an answer, which the browser brings in the query unless it is posted.
    package init(redirectURI: String, parameters: [String: String], isPosted: Bool = false) {
        self.redirectURI = redirectURI
        self.parameters = parameters
        self.isPosted = isPosted
    }
}

/// Where browsers may be sent back to.
package struct RedirectURIs: Sendable {
    private let registered: [String]
    private let loopbackPath: String

    /// - Parameters:
    ///   - registered: Those of the client, compared exactly.
    ///   - loopbackPath: The path of its redirect URI at 127.0.0.1, at any port (RFC 8252 §7.3).
    package init(_ registered: [String], loopbackPath: String) {
        self.registered = registered
        self.loopbackPath = loopbackPath
    }

    /// Whether a browser may be sent there.
    package func contains(_ uri: String) -> Bool {
        // Texts that are canonically equivalent are equal in Swift, and are other addresses.
        if registered.contains(where: { $0.utf8.elementsEqual(uri.utf8) }) { return true }
        let (bytes, host, path) = (Array(uri.utf8), Array("http://127.0.0.1".utf8), Array(loopbackPath.utf8))
        guard bytes.count >= host.count + path.count, bytes.starts(with: host), bytes.suffix(path.count) == path[...]
        else { return false }
        let port = bytes[host.count..<(bytes.count - path.count)]
        let digits = port.dropFirst()
        return port.isEmpty
            || port.first == UInt8(ascii: ":") && digits.allSatisfy { (0x30...0x39).contains($0) }
                && UInt16(String(decoding: digits, as: UTF8.self)) != nil
    }
}
