import BrokerTokens
import IdentityBroker

/// The settings of a client: an app that gets tokens.
enum ClientSettings {
    /// The values of `grants:`.
    private static let grants = GrantType.all.map(\.configurationName)
    private static let standardGrants = GrantType.all.filter(TokenClient.standardGrants.contains)
        .map(\.configurationName)
    private static let algorithms = SigningAlgorithm.allCases.map(\.rawValue)

    static let all: [Setting] = [
        .optional("displayName", .text, default: "{id}", "The name for people."),
        .optional(
            "secret",
            .secret,
            """
            What the client authenticates with: at least 16 printable ASCII characters. A client has this or 'secrets', or \
            'public: true'.
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
            "public",
            .boolean,
            default: "false",
            "Whether the client cannot keep a secret, like an app on a phone or in a browser (RFC 6749 §2.1)."
        ),
        .optional(
            "grants",
            .list(.choice(grants)),
            default: "[\(standardGrants.joined(separator: ", "))]",
            "What the client may exchange for tokens: a provider's credential, and its own refresh tokens."
        ),
        .optional(
            "audiences",
            .list(.text),
            """
            The APIs that the client's access tokens are for, by the names that they use themselves, such as \
            https://api.example.com. Required, unless the client gets no tokens and only 'introspects' them.
            """
        ),
        .optional(
            "introspects",
            .list(.text),
            default: "[]",
            """
            The APIs that the client acts for: it may introspect access tokens for these audiences, as well as its own \
            (RFC 7662). Only for a client with a secret.
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
            "providers", .list(.text), "The providers whose credentials the client may present. By default, all."),
        .optional(
            "signingAlgorithm",
            .choice(algorithms),
            default: SigningAlgorithm.es256.rawValue,
            "What the client's tokens are signed with. RS256 is for apps that support nothing else."
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
}
