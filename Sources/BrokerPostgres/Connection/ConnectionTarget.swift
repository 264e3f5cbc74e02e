import CLibpq
package import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which database to connect to, as which user and how: a libpq connection string, which may contain a password.
package struct ConnectionTarget: Sendable {
    /// The server and the database, for messages.
    package let description: String

    /// What is unwise about it, for operators; nil if nothing is.
    let advice: String?

    private let url: Secret
    /// Additional parameters, each by libpq's keyword.
    private let additions: [(keyword: String, value: String)]

    /// Parses a connection string (PostgreSQL, "Connection Strings") without connecting.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, which repeats none of the text.
    package init(_ url: Secret) throws(BrokerError) {
        guard !url.isEmpty, !url.revealBytes().contains(0), !Self.mayExposePassword(url),
            let options = Self.options(of: url),
            options["port"].map({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2C } }) ?? true
        else {
            throw .misconfigured(
                """
                The url of the PostgreSQL store is no connection string of libpq. \
                Write postgresql://USER@HOST/DATABASE, and characters such as @, /, % in a password as %40, %2F, %25.
                """
            )
        }
        self.url = url
        description = Self.describe(options)
        var additions = Self.keepalives.filter { options[$0.keyword] == nil }
        let isSaid = options["sslmode"] != nil || Self.environment("PGSSLMODE") != nil
        if !isSaid, !Self.isLocal(options) { additions.append(("sslmode", "verify-full")) }
        self.additions = additions
        let mode = options["sslmode"] ?? Self.environment("PGSSLMODE")
        advice = Self.isLocal(options) ? nil : mode.flatMap { Self.advice(on: $0) }
    }

    private static func advice(on mode: String) -> String? {
        guard ["disable", "allow", "prefer", "require"].contains(mode) else { return nil }
        return """
            The certificate of the database's server is not verified (sslmode=\(mode)): anyone on the path can read and change \
            everything. Set sslmode=verify-full.
            """
    }

    /// Detects a network that drops idle connections, or a machine that is gone, before the next login does.
    private static let keepalives = [
        (keyword: "keepalives_idle", value: "30"), (keyword: "keepalives_interval", value: "10"),
        (keyword: "keepalives_count", value: "3"),
    ]

    /// Passes libpq's keywords and values, each terminated by nil.
    ///
    /// - Parameter overrides: Further parameters, which replace the target's own.
    func withParameters<Result>(
        and overrides: [(keyword: String, value: String)] = [],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let parameters =
            [("dbname", url.reveal()), ("fallback_application_name", "identity-broker"), ("client_encoding", "UTF8")]
            + additions + overrides
        let keywords = CStringArray(parameters.map(\.0))
        let values = CStringArray(parameters.map(\.1))
        return keywords.withPointers { keywords in values.withPointers { body(keywords, $0) } }
    }

    /// Whether libpq would take a part of an unescaped password for the host, the port or the database, which messages name:
    /// it ends the user and password at the first `@`, and where they are missing, the host at the first `:` or `/`.
    private static func mayExposePassword(_ url: Secret) -> Bool {
        let text = url.reveal()
        guard let scheme = ["postgresql://", "postgres://"].first(where: text.hasPrefix) else { return false }
        let place = text.dropFirst(scheme.count).prefix { $0 != "?" }
        let authority = place.prefix { $0 != "/" }
        return authority.count(where: { $0 == "@" }) > 1 || place.dropFirst(authority.count).contains("@")
    }

    /// The parameters of the connection string, by keyword.
    var options: [String: String] { Self.options(of: url) ?? [:] }

    private static func options(of url: Secret) -> [String: String]? {
        guard let first = PQconninfoParse(url.reveal(), nil) else { return nil }
        defer { PQconninfoFree(first) }
        return Dictionary(entries(first).compactMap { entry in entry.value.map { (entry.keyword, $0) } }) { $1 }
    }

    /// Every keyword of libpq's.
    static var keywords: [String] {
        guard let first = PQconndefaults() else { return [] }
        defer { PQconninfoFree(first) }
        return entries(first).map(\.keyword)
    }

    private static func entries(
        _ first: UnsafePointer<PQconninfoOption>
    ) -> [(keyword: String, value: String?)] {
        sequence(first: first) { $0 + 1 }.lazy.map(\.pointee).prefix { $0.keyword != nil }.map { option in
            (String(cString: option.keyword), option.val.map { String(cString: $0) })
        }
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private static func describe(_ options: [String: String]) -> String {
        let server = options["host"] ?? options["hostaddr"] ?? options["service"] ?? "the default server"
        // For several servers this is a list, of only commas if none is given.
        let port = options["port"].flatMap { $0.contains(where: \.isNumber) ? ":\($0)" : nil } ?? ""
        return "\(server)\(port)/\(options["dbname"] ?? "")"
    }

    /// Whether every server is on this machine: reached by a socket in the file system, or over loopback. libpq reads the
    /// file of a service only when it connects, so that one may name any server.
    private static func isLocal(_ options: [String: String]) -> Bool {
        guard options["service"] == nil, environment("PGSERVICE") == nil else { return false }
        let hosts = options["host"] ?? environment("PGHOST") ?? ""
        let addresses = options["hostaddr"] ?? environment("PGHOSTADDR") ?? ""
        return "\(hosts),\(addresses)".split(separator: ",").allSatisfy { host in
            host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost"
                || IPAddress(String(host)).map { address in IPNetwork.loopback.contains { $0.contains(address) } }
                    ?? false
        }
    }
}
