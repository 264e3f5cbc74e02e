import BrokerTokens
import IdentityBroker

/// The settings of a client: an app that gets tokens.
enum ClientSettings {
    /// The values of `grants:`.
    private static let grants = GrantType.all.map(\.configurationName)
    private static let algorithms = SigningAlgorithm.allCases.map(\.rawValue)

    static let all: [Setting] =
        [.optional("displayName", .text, default: "{id}", "The name for people.")]
        + authentication + tokens + signIn + logout + others

    /// The keys of ``signIn`` that mean something only where the client sends people's browsers to the broker.
    static let keysOfRedirects = ["redirectURIs", "native", "pkce", "par"]
    /// The keys that mean something only where people sign in on the broker's own pages.
    static let keysOfPages = [
        "consent", "idTokenAlgorithm", "idTokenClaims", "postLogoutRedirectURIs", "backchannelLogoutURI",
    ]

    private static let authentication: [Setting] = [
        .optional(
            "secret",
            .secret,
            """
            What the client authenticates with: at least 16 printable ASCII characters. A client has this or 'secrets', \
            'jwksFile', or 'public: true'.
            """
        ),
        .optional(
            "secrets",
            .list(.secret),
            """
            More secrets, all equally valid, so that the client can change its secret without an outage: add the new one, \
            have the client use it, and remove the old one. At most 8, including 'secret'.
            """
        ),
        .optional(
            "jwksFile",
            .path,
            """
            A file with the client's public keys (JSON Web Key Set, RFC 7517), for a client that signs its requests instead of \
            sending a secret (private_key_jwt). At most 8 keys. It is read again when the service gets SIGHUP.
            """
        ),
        .optional(
            "public",
            .boolean,
            default: "false",
            "Whether the client cannot keep a secret, like an app on a phone or in a browser (RFC 6749 §2.1)."
        ),
    ]

    private static let tokens: [Setting] = [
        .optional(
            "grants",
            .list(.choice(grants)),
            """
            What the client may exchange for tokens: an authorization code, its own refresh tokens, a provider's credential, \
            a device code, or its own authentication. By default \(names(TokenClient.standardInteractiveGrants)) for a client \
            with 'redirectURIs', and \(names(TokenClient.standardGrants)) for one without.
            """
        ),
        .optional(
            "audiences",
            .list(.text),
            """
            The APIs that the client's access tokens are for, by the names that they use themselves, such as \
            https://api.example.com. Required for the grants token_exchange and client_credentials. Without any, the tokens of \
            a client that signs people in are for userinfo alone.
            """
        ),
        .optional(
            "signingAlgorithm",
            .choice(algorithms),
            default: SigningAlgorithm.es256.rawValue,
            """
            What the client's access tokens are signed with, and the ID tokens of a client whose people sign in elsewhere. \
            RS256 is for apps that support nothing else.
            """
        ),
    ]

    private static let signIn: [Setting] = [
        .optional(
            "redirectURIs",
            .list(.text),
            default: "[]",
            """
            Where the answers of logins in a browser may go: https, http to a loopback address, or a private-use scheme with a \
            dot, such as com.example.app:/callback. Compared character by character. Required for the grant authorization_code.
            """
        ),
        .optional(
            "native",
            .boolean,
            default: "false",
            """
            Whether the client is an app on a person's device: it may choose the port of a loopback redirect URI, and register \
            http://localhost (RFC 8252).
            """
        ),
        .optional(
            "pkce",
            .choice(["required", "optional"]),
            default: "required",
            "Whether requests need PKCE (RFC 7636). Only a client that authenticates can do without."
        ),
        .optional(
            "par",
            .choice(["required", "optional"]),
            default: "optional",
            "Whether the client has to push its requests (RFC 9126), so that no browser can change them."
        ),
        .optional(
            "consent",
            .choice(["skip", "ask"]),
            default: "skip",
            "Whether people are asked what the client may know: skip for an app of your own, ask for anyone else's."
        ),
        .optional(
            "idTokenAlgorithm",
            .choice(algorithms),
            default: SigningAlgorithm.rs256.rawValue,
            "What the client's ID tokens are signed with. RS256 is what every app understands."
        ),
        .optional(
            "idTokenClaims",
            .boolean,
            default: "false",
            "Whether ID tokens contain the claims of the scopes, for apps that do not ask userinfo."
        ),
    ]

    private static let logout: [Setting] = [
        .optional(
            "postLogoutRedirectURIs",
            .list(.text),
            default: "[]",
            "Where a browser may go after a logout; in the forms of 'redirectURIs'."
        ),
        .optional(
            "backchannelLogoutURI",
            .text,
            """
            Where the client learns that a person has signed out (OpenID Connect Back-Channel Logout): https, or http to a \
            loopback address.
            """
        ),
        .optional(
            "network",
            .object(NetworkSettings.ofClients),
            "Where logout tokens for the client may be sent, and whom the service trusts there."
        ),
    ]

    private static let others: [Setting] = [
        .optional(
            "introspects",
            .list(.text),
            default: "[]",
            """
            The APIs that the client acts for: it may introspect access tokens for these audiences, as well as its own \
            (RFC 7662). Only for a client that authenticates.
            """
        ),
        .optional(
            "corsOrigins",
            .list(.text),
            default: "[]",
            """
            The web origins whose pages may use the service as this public client, such as https://app.example.com: \
            scheme, host and port as a browser sends them in 'Origin', without a path.
            """
        ),
        .optional(
            "providers", .list(.text),
            "The providers that people may sign in with, and whose credentials the client may present. By default, all."
        ),
        .optional(
            "redeemsTicketsWithoutAuthentication",
            .boolean,
            default: "false",
            """
            Whether this public client may exchange tickets. A ticket names no app: one that a rogue app stole would \
            sign that app in. Prefer a client with a secret on your own server.
            """
        ),
    ]

    private static func names(_ grants: Set<GrantType>) -> String {
        GrantType.all.filter(grants.contains).map(\.configurationName).joined(separator: " and ")
    }
}
