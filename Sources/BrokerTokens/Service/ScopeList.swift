/// A set of scopes in a fixed order, in the syntax of `scope` (RFC 6749 §3.3).
struct ScopeList: Hashable {
    let scopes: Set<Scope>

    init(_ scopes: Set<Scope>) {
        self.scopes = scopes
    }

    /// Reads a `scope` parameter; one without a value counts as omitted (RFC 6749 §3.2), and requests nothing.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidScope`` for an unknown scope.
    init(_ text: String?) throws(OAuthError) {
        var scopes: Set<Scope> = []
        for word in (text ?? "").split(separator: " ") {
            guard let scope = Scope(rawValue: String(word)) else {
                let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
                throw OAuthError(.invalidScope, "The scope has unknown values. Known are: \(known).")
            }
            scopes.insert(scope)
        }
        self.scopes = scopes
    }

    /// Reads what ``text`` wrote; nil for anything else.
    init?(stored text: String) {
        guard let list = try? ScopeList(text), list.text == text else { return nil }
        self = list
    }

    var text: String { Scope.allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ") }
}
