import CLibpq

/// What a statement gave: rows of texts, nil for NULL.
package struct ResultRows: Sendable {
    package let rows: [[String?]]
    /// What the server says it did, such as `COMMIT` or `INSERT 0 1`.
    let command: String

    /// Copies a result of libpq, which stays the caller's.
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
