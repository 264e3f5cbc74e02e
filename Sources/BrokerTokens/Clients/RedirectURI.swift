package import IdentityBroker

/// A redirect URI as a client has registered it (RFC 6749 §3.1.2.2), and what equals it.
///
/// Requests are compared byte by byte and never normalized: no `..;/`, upper case or percent-encoding turns one URI into
/// another (CVE-2026-3872). Only the port of a loopback address may differ, for a native app that gets its port from the
/// system (RFC 8252 §7.3).
package struct RedirectURI: Sendable, Hashable {
    private enum Form: Hashable {
        case https
        /// `http://127.0.0.1` or the like, and what follows host and port.
        case loopback(origin: String, rest: String)
        /// `http://localhost`, whose port does not vary: a name may lead to another machine (RFC 8252 §8.3).
        case localhost
        /// A private-use scheme (RFC 8252 §7.1).
        case privateUse
    }

    /// The URI as registered.
    package let text: String
    private let form: Form

    private static let mostBytes = 2048

    /// Reads a registration.
    ///
    /// - Throws: ``RedirectURIFlaw``.
    package init(_ text: String, isNative: Bool) throws(RedirectURIFlaw) {
        guard (1...Self.mostBytes).contains(text.utf8.count), text.utf8.allSatisfy(\.belongsToURI) else {
            throw .characters
        }
        guard let colon = text.firstIndex(of: ":") else { throw .scheme }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "https":
            _ = try Self.authority(of: rest, scheme: "https")
            form = .https
        case "http":
            let (url, end) = try Self.authority(of: rest, scheme: "http")
            if url.host == "localhost" {
                guard isNative else { throw .localhost }
                form = .localhost
            } else {
                guard url.isLoopback else { throw .insecure }
                form = .loopback(origin: "http://\(url.host)", rest: String(rest[end...]))
            }
        case let scheme:
            guard scheme.isPrivateUseScheme, !rest.isEmpty else { throw .scheme }
            form = .privateUse
        }
        self.text = text
    }

    /// Whether only the client can receive what is sent there: any app can listen on a loopback port or claim a
    /// private-use scheme (RFC 8252 §8.6).
    var provesClient: Bool { form == .https }

    /// Whether the broker itself can send something there.
    package var canReceiveTokens: Bool {
        switch form {
        case .https, .loopback: true
        case .localhost, .privateUse: false
        }
    }

    /// Scheme, host and port, and what follows them, for what the broker itself sends there; nil where it cannot.
    package var destination: (origin: UpstreamURL, target: String)? {
        guard canReceiveTokens, let separator = text.firstRange(of: "://") else { return nil }
        let end = text[separator.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        guard let origin = UpstreamURL(String(text[..<end])) else { return nil }
        let target = String(text[end...])
        return (origin, target.hasPrefix("/") ? target : "/\(target)")
    }

    /// Whether a request that names this URI means the registered one.
    func matches(_ requested: String, isNative: Bool) -> Bool {
        // Not `==`, which holds canonically equivalent spellings to be equal.
        if requested.utf8.elementsEqual(text.utf8) { return true }
        guard isNative, case .loopback(let origin, let rest) = form, requested.utf8.starts(with: origin.utf8) else {
            return false
        }
        var remainder = requested.utf8.dropFirst(origin.utf8.count)
        if remainder.first == UInt8(ascii: ":") {
            let digits = remainder.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard let port = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(port),
                digits.first != UInt8(ascii: "0")
            else { return false }
            remainder = remainder[digits.endIndex...]
        }
        return remainder.elementsEqual(rest.utf8)
    }

    /// Reads host and port of a URL, and checks its path.
    ///
    /// - Parameter text: What follows the scheme's colon.
    /// - Returns: Scheme, host and port, and where the path begins.
    private static func authority(
        of text: Substring,
        scheme: String
    ) throws(RedirectURIFlaw) -> (url: UpstreamURL, end: Substring.Index) {
        guard text.hasPrefix("//") else { throw .host }
        let end = text.dropFirst(2).firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
        let origin = "\(scheme):\(text[..<end])"
        guard origin == origin.lowercased(), let url = UpstreamURL(origin) else { throw .host }
        let path = text[end...].prefix { $0 != "?" }.lowercased().replacing("%2e", with: ".")
        let segments = path.split(separator: "/").map { $0.prefix { $0 != ";" } }
        guard !segments.contains("."), !segments.contains("..") else { throw .dotSegments }
        return (url, end)
    }
}

/// What is wrong with a redirect URI, for the operator who registers it.
package enum RedirectURIFlaw: String, Error {
    case characters = "must have 1 to 2048 characters that a URI may have, and no fragment"
    case scheme = "must be https, http on a loopback address, or a private-use scheme with a dot and something after it"
    case host = "must name a plain host in lower case, without user information"
    case insecure = "must be https unless its host is a loopback address"
    case localhost = "may name localhost only for a native client; write 127.0.0.1"
    case dotSegments = "must not have '.' or '..' in its path"
}

extension StringProtocol {
    /// A letter, then letters, digits, `+`, `-` and dots, at least one of which is a dot (RFC 3986 §3.1, RFC 8252 §7.1):
    /// neither `javascript` nor `data`.
    fileprivate var isPrivateUseScheme: Bool {
        guard let first = utf8.first, (0x61...0x7A).contains(first), utf8.contains(UInt8(ascii: ".")) else {
            return false
        }
        return utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
    }
}

extension UInt8 {
    /// Whether a URI without a fragment may have the character (RFC 3986 §2).
    fileprivate var belongsToURI: Bool { isUnreserved || "%:/?[]@!$&'()*+,;=".utf8.contains(self) }
}
