import IdentityBroker

extension RichProvider {
    struct Settings: Decodable, Sendable, Equatable {
        var name: String
        var endpoint: String?
        var certificate: String?
        var secret: SecretReference?
        var fallback: SecretReference?
        var verbose: Bool?
        var count: Int?
        var offset: Int64?
        var pause: Duration?
        var budget: Int?
        var mode: Mode?
        var tags: [String]?
        var labels: [String: String]?
        var hosts: [Host]?
        var nested: Nested?
    }

    /// Knows one word fewer than the manifest, so that decoding can fail where checking does not.
    enum Mode: String, Decodable, Sendable {
        case strict
    }

    struct Host: Decodable, Sendable, Equatable {
        var host: String
        var port: UInt16?
    }

    struct Nested: Decodable, Sendable, Equatable {
        var inner: String
        var token: SecretReference?
        var issuer: String?
    }
}
