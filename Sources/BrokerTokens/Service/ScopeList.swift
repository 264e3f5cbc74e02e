/// A set of scopes in a fixed order, as `scope` spells it (RFC 6749 §3.3).
struct ScopeList: Hashable {
    let scopes: Set<Scope>

    init(_ scopes: Set<Scope>) {
        self.scopes = scopes
    }

    /// Reads a `scope` parameter; one without a value counts as left out (RFC 6749 §3.2), and asks for nothing.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidScope`` for a word that is not known.
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
