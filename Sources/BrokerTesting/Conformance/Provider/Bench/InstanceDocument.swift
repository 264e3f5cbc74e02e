import IdentityBroker

/// A configuration file with one instance.
struct InstanceDocument: Sendable {
    var id: ProviderID
    var type: String
    var settings: String
    var caFile: String
    var isEnabled = true
    var allowsLoopback = true

    /// How long a login may take, in seconds of the bench's clock, which stops unless a rule advances it.
    static let timeout = 30
    /// The longest answer that is accepted, in bytes.
    static let responseSize = 64 * 1024

    /// The file. Its limits ensure that only the rule being checked decides; a breaker would make one login fail
    /// because of others.
    var text: String {
        """
        version: 1
        providers:
          \(id):
            type: \(type)
            enabled: \(isEnabled)
            limits:
              timeout: \(Self.timeout)s
              connectTimeout: \(Self.timeout)s
              responseSize: \(Self.responseSize)B
              breaker: { failures: 0 }
            network:
              caFile: \(caFile)
              allowAddresses: [\(allowsLoopback ? "127.0.0.0/8, \"::1/128\"" : "")]
            settings:
        \(settings.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
        """
    }
}
