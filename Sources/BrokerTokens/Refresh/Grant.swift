import Foundation
import IdentityBroker
import StrictJSON

/// What a person's login allows one client: the tokens issued under it live and die together.
///
/// Its record belongs to the account, and expires unless it is used.
struct Grant: RecordBody, Hashable {
    static let recordKind: RecordKind = "grant"

    /// The client that got the tokens.
    let client: String
    /// The instance that authenticated the person. While it is disabled, the grant yields nothing.
    let provider: ProviderID
    /// When it was opened.
    let opened: Date
    /// Whether it was ended early.
    var isRevoked = false
    /// What was granted, in the order of ``ScopeList``.
    let scope: String
    /// The resource servers that access tokens may be for; empty for the issuer alone.
    let audiences: [String]
    /// When the grant ends, however often it is refreshed.
    private(set) var end: Date
    /// Nil for a client that may not refresh.
    var refresh: RefreshFamily?
    /// The latest time at which the grant was used; nil if it was not. A clock that was set back does not move it.
    private(set) var lastUse: Date?
    /// The session that it came from, and how the person signed in there; nil for a grant of a token exchange.
    let login: SessionLogin?
    /// Single claims that the client may have, beside those of the scope.
    let claims: ClaimsRequest

    init(
        client: String,
        provider: ProviderID,
        opened: Date,
        scope: ScopeList,
        audiences: [String],
        end: Date,
        refresh: RefreshFamily?,
        login: SessionLogin? = nil,
        claims: ClaimsRequest = ClaimsRequest()
    ) {
        self.client = client
        self.provider = provider
        self.opened = opened
        self.scope = scope.text
        self.audiences = audiences
        self.end = end
        self.refresh = refresh
        self.login = login
        self.claims = claims
    }

    /// When the person signed in.
    var authenticated: Date { login?.event.time ?? opened }

    /// The session without which it is nothing: without `offline_access`, the one that it came from.
    var session: UUID? {
        guard let login, ScopeList(stored: scope)?.isOffline != true else { return nil }
        return login.session
    }

    /// Moves the end back if it was set while the clock was ahead: no grant ends later than a whole lifetime from now.
    mutating func limitEnd(to latest: Date) {
        end = min(end, latest)
    }

    /// Marks the grant as used.
    mutating func use(at now: Date) {
        lastUse = max(lastUse ?? now, now)
    }
}

extension Grant {
    init(recordBody: Data) throws {
        guard let members = try Self.reader.read(recordBody).object else { throw UnreadableMember() }
        try self.init(members)
        guard ScopeList(stored: scope) != nil else { throw UnreadableMember() }
    }

    /// Whatever was written is read.
    private static let reader = JSONReader(limits: .init(maximumBytes: .max))

    private init(_ members: JSONObject) throws(UnreadableMember) {
        client = try members.required("client", \.string)
        provider = try members.required("provider") { $0.string.flatMap(ProviderID.init(_:)) }
        opened = try members.required("opened", \.time)
        isRevoked = try members.required("isRevoked", \.bool)
        scope = try members.required("scope", \.string)
        audiences = try members.required("audiences", \.strings)
        end = try members.required("end", \.time)
        if let family = try members.optional("refresh", \.object) { refresh = try RefreshFamily(family) }
        lastUse = try members.optional("lastUse", \.time)
        login = try members.optional("login", \.object).map { members throws(UnreadableMember) in
            try SessionLogin(members)
        }
        claims = ClaimsRequest(
            userInfo: Set(try members.optional("userInfoClaims", \.strings) ?? []),
            idToken: Set(try members.optional("idTokenClaims", \.strings) ?? []))
    }

    func recordBody() -> Data {
        var members: JSONObject = [
            "client": .string(client),
            "provider": .string(provider.rawValue),
            "opened": .time(opened),
            "isRevoked": .bool(isRevoked),
            "scope": .string(scope),
            "audiences": .strings(audiences),
            "end": .time(end),
        ]
        members["refresh"] = (refresh?.members).map(JSONValue.object)
        members["lastUse"] = lastUse.map(JSONValue.time)
        members["login"] = (login?.members).map(JSONValue.object)
        if !claims.userInfo.isEmpty { members["userInfoClaims"] = .strings(claims.userInfo.sorted()) }
        if !claims.idToken.isEmpty { members["idTokenClaims"] = .strings(claims.idToken.sorted()) }
        return Data(members.jsonBytes)
    }
}
