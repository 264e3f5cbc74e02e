import CLibcurl
import IdentityBroker

/// A scheme and an authority, such as `https` and `id.example.com:8443`.
struct Origin: Hashable, Sendable {
    let scheme: UpstreamURL.Scheme
    let authority: String
}

extension Origin: CustomStringConvertible {
    /// Both as a URL begins with them: `https://id.example.com:8443`.
    var description: String { scheme.rawValue + "://" + authority }
}

/// Which origins (scheme and authority) the core's URL parser and libcurl's parse alike.
///
/// If two parsers disagree on a host, a check and a connection can end up with different ones. Origins on which they
/// agree are remembered: a process talks to too few origins for hashing to pay.
final class OriginChecks: Sendable {
    private static let capacity = 256
    private let agreed = Locked<[Origin]>([])

    /// Whether the origin is plain and both parsers read the same host.
    func agree(on origin: Origin) -> Bool {
        if agreed.withLock({ $0.contains(origin) }) { return true }
        let text = origin.description
        guard let url = UpstreamURL(text), url.description == text, url.path.isEmpty, Self.libcurlReads(url) else {
            return false
        }
        agreed.withLock { agreed in
            if agreed.count == Self.capacity { agreed.removeAll() }
            agreed.append(origin)
        }
        return true
    }

    private static func libcurlReads(_ url: UpstreamURL) -> Bool {
        guard let parsed = curl_url() else { return false }
        defer { curl_url_cleanup(parsed) }
        let flags = CUnsignedInt(CURLU_DEFAULT_PORT)
        func part(_ part: CURLUPart) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(parsed, part, &text, flags) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard curl_url_set(parsed, CURLUPART_URL, url.description, 0) == CURLUE_OK,
            let host = part(CURLUPART_HOST)
        else { return false }
        return part(CURLUPART_SCHEME) == url.scheme.rawValue
            && part(CURLUPART_PORT) == String(url.effectivePort)
            && part(CURLUPART_USER) == nil
            && (host == url.host || isSameAddress(host, url.host))
    }

    /// libcurl shortens an IPv6 address that is written in full.
    private static func isSameAddress(_ one: String, _ other: String) -> Bool {
        guard one.hasPrefix("["), other.hasPrefix("["),
            let address = IPAddress(String(one.dropFirst().dropLast()))
        else { return false }
        return address == IPAddress(String(other.dropFirst().dropLast()))
    }
}

extension UpstreamURL {
    /// The port, or the scheme's default.
    var effectivePort: Int {
        if let port { return port }
        return switch scheme {
        case .https: 443
        case .http: 80
        }
    }
}
