import CLibpq

/// A statement's result: rows of texts, nil for NULL.
package struct ResultRows: Sendable {
    package let rows: [[String?]]
    /// The server's command tag, such as `COMMIT` or `INSERT 0 1`.
    let command: String

    /// Copies a libpq result, which the caller still owns.
    init(copying result: OpaquePointer) {
        let columns = PQnfields(result)
        rows = (0..<PQntuples(result)).map { row in
            (0..<columns).map { column in
                guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else {
                    return nil
                }
                return String(cString: text)
            }
        }
        command = PQcmdStatus(result).map { String(cString: $0) } ?? ""
    }
}
