import IdentityBroker

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
