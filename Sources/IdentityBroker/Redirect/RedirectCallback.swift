/// What an upstream sent the user's browser back with (RFC 6749 §4.1.2).
struct RedirectCallback: Sendable, Equatable {
    private static let longestQuery = 8 * 1024
    private static let names: Set<String> = ["code", "state", "error", "iss"]

    let code: String?
    let state: String?
    let error: String?
    let issuer: String?

    /// Reads a query, with or without its question mark. Parameters of other names are nobody's business here.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/invalidCredential``: too long, badly encoded, or with a
    ///   parameter that stands there twice (RFC 6749 §3.1), so that two readers could take it for different ones.
    init(_ query: String) throws(BrokerError) {
        guard query.utf8.count <= Self.longestQuery else { throw Self.refusal("is longer than 8 KiB") }
        var values: [String: String] = [:]
        for pair in (query.hasPrefix("?") ? query.dropFirst() : query[...]).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = formDecoded(parts[0]), let value = formDecoded(parts.count > 1 ? parts[1] : "") else {
                throw Self.refusal("is not encoded as a query is")
            }
            guard Self.names.contains(name) else { continue }
            guard values.updateValue(value, forKey: name) == nil else { throw Self.refusal("has '\(name)' twice") }
        }
        // An empty parameter is one that is not there (RFC 6749 §3.1).
        func value(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
        (code, state, error, issuer) = (value("code"), value("state"), value("error"), value("iss"))
    }

    private static func refusal(_ reason: String) -> BrokerError {
        BrokerError(.invalidCredential, "The answer that the browser brought \(reason). Begin a new login.")
    }
}
