import StrictJSON

/// The parameter `claims`: single claims that a client asks for, beside those of its scopes (OpenID Connect Core §5.5).
///
/// All of them are voluntary: a claim that is missing fails no login, even if the client calls it essential. Only `sub`
/// names the person that the answer must be about.
struct ClaimsRequest: Hashable, Codable {
    /// The names of those for userinfo.
    let userInfo: Set<String>
    /// The names of those for the ID token.
    let idToken: Set<String>
    /// The person that the ID token must be about; nil for anyone.
    let subject: String?

    init(userInfo: Set<String> = [], idToken: Set<String> = [], subject: String? = nil) {
        (self.userInfo, self.idToken, self.subject) = (userInfo, idToken, subject)
    }

    private static let reader = JSONReader(
        limits: .init(maximumBytes: 16 * 1024, maximumDepth: 8), allowsByteOrderMark: false)

    /// Reads the parameter. Unknown claims and members are ignored.
    ///
    /// - Throws: ``OAuthError`` `invalid_request` if it is not of the form of OpenID Connect Core §5.5.
    init(_ text: String) throws(OAuthError) {
        guard let members = (try? Self.reader.read(text.utf8))?.object else { throw Self.malformed }
        let subject = members["id_token"]?["sub"]?["value"]
        guard subject.map({ $0.string != nil }) ?? true else { throw Self.malformed }
        self.init(
            userInfo: try Self.names(in: members["userinfo"]), idToken: try Self.names(in: members["id_token"]),
            subject: subject?.string)
    }

    /// The scopes that would cover the claims: what a person has to allow.
    var scopes: Set<Scope> {
        let names = userInfo.union(idToken)
        return Set(Scope.allCases.filter { !names.isDisjoint(with: $0.claims) })
    }

    private static func names(in value: JSONValue?) throws(OAuthError) -> Set<String> {
        guard let value, !value.isNull else { return [] }
        guard let members = value.object, members.allSatisfy({ $0.value.isNull || $0.value.object != nil }) else {
            throw malformed
        }
        return Set(members.map(\.name)).intersection(Scope.allCases.flatMap(\.claims))
    }

    private static var malformed: OAuthError {
        OAuthError(.invalidRequest, "The parameter claims is not an object of the form of OpenID Connect Core 5.5.")
    }
}
