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
