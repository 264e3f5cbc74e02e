import IdentityBroker

/// How a ``PostgresStore`` uses its database.
public struct PostgresOptions: Sendable, Hashable {
    /// The schema of the broker's tables: a lower-case letter or underscore, then up to 62 of these and digits.
    public var schema = "identity_broker"
    /// The maximum number of connections, 1 to 64.
    public var connections = 4
    /// How long connecting may take, 100 ms to 10 s.
    public var connectTimeout = Duration.seconds(5)
    /// How long the server may take for a statement, 100 ms to 20 s.
    public var statementTimeout = Duration.seconds(5)
    /// How long ``PostgresStore/purge(at:atMost:)`` keeps audit events.
    public var auditRetention = Duration.seconds(90 * 24 * 60 * 60)

    /// Makes options with all defaults.
    public init() {}

    /// Checks the ranges.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the option.
    func check() throws(BrokerError) {
        guard let first = schema.utf8.first, schema.utf8.count <= 63, !Self.isDigit(first),
            schema.utf8.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) })
        else {
            throw .misconfigured(
                "The schema of a PostgreSQL store is a name of up to 63 lower-case letters, digits and underscores.")
        }
        guard !schema.hasPrefix("pg_") else {
            throw .misconfigured("Schemas whose names begin with pg_ are PostgreSQL's own. Give another one.")
        }
        guard (1...64).contains(connections) else {
            throw .misconfigured("A PostgreSQL store has 1 to 64 connections.")
        }
        guard (.milliseconds(100) ... .seconds(10)).contains(connectTimeout) else {
            throw .misconfigured("The connectTimeout of a PostgreSQL store is 100ms to 10s.")
        }
        guard (.milliseconds(100) ... .seconds(20)).contains(statementTimeout) else {
            throw .misconfigured("The statementTimeout of a PostgreSQL store is 100ms to 20s.")
        }
        guard auditRetention > .zero else {
            throw .misconfigured("The retention of audit events must be positive.")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
