import IdentityBroker
import OAuthClient
public import StrictJSON

/// An OAuth 2.0 upstream as data: its endpoints, how it is asked, and what its answers mean.
///
/// It is read from YAML in a configuration, or from JSON:
///
/// ```swift
/// let declaration = try JSONDecoder().decode(Declaration.self, from: json)
/// ```
///
/// `broker providers describe oauth2` lists the members.
public struct Declaration: Sendable, Hashable, DeclarationPart {
    var issuer: AddressTemplate = "https://{host}"
    var host: String?
    var documentation: String?
    var registration: String?
    var icon: String?
    var pkce = PKCERule.required
    var client = Client()
    var authorization = Authorization()
    var token = TokenRequest()
    var profile = ProfileRequest()
    var emails: EmailsRequest?
    var subject: [Pointer] = []
    var tokenSubject: [Pointer] = []
    var claims = ClaimSources()
    var emailVerified: [Condition] = []
    var phoneNumberVerified: [Condition] = []
    var attributes: [String: Pointer] = [:]
    var errors = ErrorForm()

    init() {}

    /// Reads a declaration.
    ///
    /// - Throws: `DecodingError` at the member that is wrong, or that no declaration has.
    public init(from decoder: any Decoder) throws {
        self = try Self.read(from: decoder)
    }

    /// The declaration as data, without the members that have their defaults.
    public var members: JSONObject { object }

    static let members: [DeclarationMember<Declaration>] = {
        let usual = Declaration()
        return [
            .init(
                "issuer", \.issuer, of: usual, isRequired: true,
                """
                Who vouches for the users: the upstream's web address. With the subject, it is the key that accounts are \
                stored under, so never change it. {host} in it, and in the endpoints, stands for the setting host.
                """
            ),
            .init("host", \.host, of: usual, "The host in place of {host}, unless the setting host names another."),
            .init("documentation", \.documentation, of: usual, "The URL of the upstream's documentation."),
            .init(
                "registration", \.registration, of: usual,
                "Where a client is registered at the upstream, and what to enter there."),
            .init("icon", \.icon, of: usual, "The name of the upstream's icon for an app's buttons."),
            .init(
                "pkce", \.pkce, of: usual,
                """
                Whether the upstream knows PKCE with S256. If it does not, only the state binds a code to its login.
                """
            ),
            .init("client", \.client, of: usual, "How the client authenticates when it redeems a code."),
            .init(
                "authorization", \.authorization, of: usual, isRequired: true,
                "Where and how the browser is sent there."),
            .init("token", \.token, of: usual, isRequired: true, "How a code is redeemed."),
            .init("profile", \.profile, of: usual, isRequired: true, "How the user's record is asked for."),
            .init(
                "emails", \.emails, of: usual, "How e-mail addresses are asked for, if the record lacks them."),
            .init(
                "subject", \.subject, of: usual,
                """
                Where the record has the user's id: text, or a whole number. Several are joined by colons. Take what the \
                upstream never gives to someone else, and never an e-mail address or a user name.
                """
            ),
            .init(
                "tokenSubject", \.tokenSubject, of: usual,
                """
                Where the answer with the token has the same id, or the only one. The login fails if it differs from the \
                record's. One of subject and tokenSubject is needed.
                """
            ),
            .init("claims", \.claims, of: usual, "Where the record has the standard claims."),
            .init(
                "emailVerified", \.emailVerified, of: usual,
                "What the record says if the address in it is verified: all of these. If left out, it never is."),
            .init(
                "phoneNumberVerified", \.phoneNumberVerified, of: usual,
                "What the record says if the phone number in it is verified: all of these. If left out, it never is."),
            .init(
                "attributes", \.attributes, of: usual,
                "Further values of the record for the identity, by names in snake case."),
            .init("errors", \.errors, of: usual, "How the upstream says that something failed, and what it means."),
        ]
    }()

    var fault: (key: String, message: String)? {
        if issuer.endpoint(at: "host.example")?.target.contains("?") == true {
            return ("issuer", "issuer has a query. Use the upstream's web address.")
        }
        if let host, !Self.isHost(host) { return ("host", Self.hostAdvice) }
        if let icon, ProviderID(icon) == nil { return ("icon", "icon has the form of a type's name: [a-z][a-z0-9-]*.") }
        if subject.isEmpty, tokenSubject.isEmpty { return ("subject", "subject names no member of the record.") }
        if !subject.isEmpty, !tokenSubject.isEmpty, tokenSubject.count != subject.count {
            return ("tokenSubject", "tokenSubject has another number of members than subject.")
        }
        if !attributes.keys.allSatisfy(IdentityPolicy.isAttributeName) {
            return ("attributes", "attributes has a name that is not in snake case, as in team_id.")
        }
        return faultOfNames ?? methodFault
    }

    /// A method of authentication that the token request cannot carry, or a proof without a secret.
    private var methodFault: (key: String, message: String)? {
        if token.method == .get, [.post, .json].contains(client.authMethod) {
            return ("client", "client.authMethod puts the secret into a body, which token.method GET has none of.")
        }
        guard client.authMethod == .none else { return nil }
        let message = "proofName needs a client with a secret, and client.authMethod is none."
        if profile.proofName != nil { return ("profile", "profile.\(message)") }
        return emails?.proofName == nil ? nil : ("emails", "emails.\(message)")
    }

    /// Whether `{host}` stands for a host somewhere.
    var needsHost: Bool {
        let endpoints = [authorization.url, token.url, profile.url] + (emails.map { [$0.url] } ?? [])
        return ([issuer] + endpoints + authorization.issuers).contains { $0.needsHost }
    }

    /// Whether a text is a valid `{host}`: a host, optionally with a port and a path. With a capital in its name, it would
    /// make another issuer of the same server.
    static func isHost(_ text: String) -> Bool {
        !text.prefix { $0 != "/" }.contains { $0.isUppercase } && !text.isEmpty && !text.hasSuffix("/")
            && !text.contains("?") && !text.contains("{")
            && AddressTemplate("https://\(text)") != nil
    }

    static let hostAdvice =
        "host must be a lowercase host such as git.example.com, with a port and a path if need be."
}

/// Whether logins use PKCE (RFC 7636) with the method `S256`.
public enum PKCERule: String, Sendable, CaseIterable, Decodable, DeclarationWord {
    /// They do.
    case required
    /// The upstream does not know it.
    case off
}
