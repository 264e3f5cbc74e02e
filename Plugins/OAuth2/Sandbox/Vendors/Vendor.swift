import BrokerSandbox

/// How an OAuth 2.0 upstream differs from others, by its documentation.
///
/// It is written without the declaration of the preset that it is the upstream of: what two descriptions of the same vendor
/// disagree in shows at a login.
struct Vendor: Sendable {
    /// The provider type that it is the upstream of.
    let type: String
    let displayName: String
    var paths: Paths
    /// What a setting would be, besides those that all have, for an upstream at this base URL.
    var settings: @Sendable (_ base: String) -> [SandboxSetting] = { _ in [] }

    // The client.
    var clientId = "sandbox-client"
    var idName = "client_id"
    var secretName = "client_secret"
    /// How it may authenticate (RFC 6749 §2.3).
    var methods: Set<ClientMethod> = [.post]

    // The authorization endpoint.
    var scopeName = "scope"
    var scopeSeparator: Character = " "
    var challenges = ChallengeRule.ignored
    var codeName = "code"
    /// What the browser brings beside code and state.
    var returned: @Sendable (_ base: String) -> [String: String] = { _ in [:] }
    /// What it brings from a person who does not agree.
    var cancellation = ["error": "access_denied"]

    // The token endpoint.
    var tokenMethod = "POST"
    var redeemedName = "code"
    var needsGrantType = true
    var needsRedirectURI = true
    /// The parameters of the answer to the browser that redeem the code together with it.
    var carried: Set<String> = []
    /// The form of the answer.
    var format: @Sendable (ClientRequest) -> AnswerFormat = { _ in .json }
    var tokens: @Sendable (Grant) -> JSON = { .object($0.standard) }
    var tokenError: @Sendable (TokenRefusal) -> VendorAnswer = { $0.standard }

    // The endpoints of the API.
    /// Where a request has the access token.
    var token = TokenPlace.header("Bearer")
    /// The fields that a request has.
    var fields: Set<String> = []
    var profile: RecordRequest
    var emails: RecordRequest?
    var recordError: @Sendable (RecordRefusal) -> VendorAnswer = { $0.standard }

    /// Its id of a person.
    var id: @Sendable (Person) -> JSON = { .text("\($0.number)") }

    /// The paths of the endpoints.
    struct Paths: Sendable {
        /// For browsers.
        let authorization: String
        /// For the client.
        let token: String
        let profile: String
        var emails: String?
    }
}

/// How a client authenticates when it redeems a code (RFC 6749 §2.3).
enum ClientMethod: String, Sendable, CaseIterable {
    case basic = "client_secret_basic"
    case post = "client_secret_post"
    case query
    case json
    case none
}

/// What an upstream does with PKCE (RFC 7636).
enum ChallengeRule: Sendable, Hashable {
    /// It requires a challenge with S256.
    case required
    /// It checks the verifier of a challenge with S256, and takes a request without one.
    case checked
    /// It does not know them.
    case ignored
}

/// Where a request has the access token.
enum TokenPlace: Sendable, Hashable {
    /// In the field `Authorization`, behind this word.
    case header(String)
    /// In the query, under this name.
    case query(String)
    /// In a form, under this name.
    case form(String)
}

/// How the upstream's record, or its list of addresses, is asked for.
struct RecordRequest: Sendable {
    var method = "GET"
    /// Where it has the access token; nil for where the vendor's requests usually have it.
    var token: TokenPlace?
    /// The scopes without which it is refused.
    var scopes: Set<String> = []
    /// The parameters that it has to have besides the token.
    var parameters: [String: Wanted] = [:]
    /// What it answers.
    let answer: @Sendable (RecordQuery) -> JSON

    /// What a parameter must be.
    enum Wanted: Sendable, Hashable {
        /// This text.
        case text(String)
        /// Anything but empty.
        case some
        /// The client's id.
        case clientId
        /// The id of the person whose access token it is.
        case personId
        /// The HMAC-SHA256 of the access token by the client's secret, in hexadecimal.
        case proof
    }
}

/// A request for a record, as a vendor answers it.
struct RecordQuery: Sendable {
    let consent: Consent
    let parameters: [String: String]

    var person: Person { consent.person }

    /// Those of these members whose names a parameter lists, with commas between them.
    func members(_ members: Members, listedIn parameter: String) -> Members {
        let names = (parameters[parameter] ?? "").split(separator: ",").map { $0.prefix { $0 != "." } }
        return members.filter { name, _ in names.contains { $0 == name } }
    }
}

/// What a person agreed to.
struct Consent: Sendable {
    let person: Person
    let scopes: Set<String>
    /// The parameters of the authorization request.
    let parameters: [String: String]

    func has(_ scope: String) -> Bool { scopes.contains(scope) }
}

/// What a code is redeemed for.
struct Grant: Sendable {
    let consent: Consent
    let accessToken: String
    let refreshToken: String
    /// The vendor's id of the person.
    let id: JSON
    let request: ClientRequest

    var person: Person { consent.person }

    /// The scopes that were granted, in their order.
    func scope(_ separator: String = " ") -> JSON {
        .text(consent.scopes.sorted().joined(separator: separator))
    }

    /// The answer of RFC 6749 §5.1.
    var standard: Members {
        [
            "access_token": .text(accessToken), "token_type": "bearer", "expires_in": 3600,
            "refresh_token": .text(refreshToken), "scope": scope(),
        ]
    }
}
