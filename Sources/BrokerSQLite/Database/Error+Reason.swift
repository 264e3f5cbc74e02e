import GRDB

extension Error {
    /// What SQLite says of a failure, with its number. No value that was bound to a statement is in it.
    var reason: String {
        guard let error = self as? DatabaseError else { return "\(type(of: self))" }
        return "\(error.message ?? "failed") (SQLite \(error.extendedResultCode.rawValue))"
    }
}
