package import IdentityBroker

/// Why a connection did not do what it was asked.
package struct PostgresFailure: Error, Sendable {
    /// What happened, on one line, without statement arguments and without the password.
    package let reason: String
    /// The five-character error code (PostgreSQL, "Error Codes"); nil if the error is not the server's.
    package let code: String?
    /// Whether the transaction may have been committed anyway.
    package let mayHaveHappened: Bool
    /// The kind of store failure that this is.
    package let kind: StoreFailure.Reason

    /// - Parameter kind: The kind of failure, if the code does not determine it.
    init(
        _ reason: String,
        code: String? = nil,
        mayHaveHappened: Bool,
        kind: StoreFailure.Reason = .unreachable
    ) {
        self.kind = code.map { StoreFailure.Reason(sqlState: $0) } ?? kind
        self.reason = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        self.code = code
        self.mayHaveHappened = mayHaveHappened
    }

    /// A connection that was not made.
    ///
    /// - Parameter message: libpq's verbose message: a line for each host, with the server's error code before its text if
    ///   the server refused the connection, and then where in its source it did so.
    init(refusedWith message: String) {
        var code: String?
        let lines = message.split(whereSeparator: \.isNewline).compactMap { line -> Substring? in
            if line.wholeMatch(of: #/\w+: +\w+, \w+\.c:\d+/#) != nil { return nil }
            guard let match = line.firstMatch(of: #/: {2}([0-9A-Z]{5}): /#) else { return line }
            code = String(match.1)
            return line.replacing(match.0, with: ":  ", maxReplacements: 1)
        }
        self.init(lines.joined(separator: "\n"), code: code, mayHaveHappened: false)
    }

    /// What happened and what to do, in sentences. Only a message of the server's needs the advice.
    var explanation: String { "\(reason).\(code.map(remedy) ?? "")" }

    private func remedy(for code: String) -> String {
        switch code {
        case "3D000": " Create the database, or name another one in the store's url."
        case let code where code.hasPrefix("28"):
            " Check the store's user and password, and pg_hba.conf on the server."
        default: kind.remedy
        }
    }
}

extension PostgresFailure {
    /// Whether another transaction stood in the way of this one, which was undone: it inserts what another one has inserted,
    /// or both waited for each other (PostgreSQL, "Error Codes").
    var isConflict: Bool { code == "23505" || code == "40P01" }
}

extension StoreFailure.Reason {
    /// The meaning of an error code (PostgreSQL, "Error Codes").
    init(sqlState code: String) {
        self =
            switch code {
            case "25006": .readOnly
            case "42501": .denied
            case "53100": .full
            case "53300": .overloaded
            case "55P03": .locked
            case "57014": .late
            // Tables, columns or the schema are missing.
            case "3F000", "42P01", "42703": .incomplete
            // The server stops or starts, or the connection failed.
            case let code where code.hasPrefix("57P") || code.hasPrefix("08"): .unreachable
            case let code where code.hasPrefix("XX00") && code != "XX000": .corrupt
            // Authentication failed, or the database does not exist.
            case let code where code.hasPrefix("28") || code == "3D000": .denied
            default: .failed
            }
    }
}

extension StoreFailure.Reason {
    /// What an operator can do, with a leading space.
    fileprivate var remedy: String {
        switch self {
        case .full: " Make room on its disk."
        case .readOnly: " Point the url at the primary, or make the database writable."
        case .incomplete: " Restore the schema, or restart the broker to make it anew."
        case .corrupt: " Stop the broker, and restore the database from a backup."
        case .denied: " Grant the broker's user what it needs."
        default: ""
        }
    }
}
