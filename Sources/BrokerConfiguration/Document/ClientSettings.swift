import IdentityBroker

/// The settings of a client, an app that gets tokens.
enum ClientSettings {
    /// The words of `grants:`, as RFC 6749 and RFC 8693 name what a client asks by, the latter without its prefix.
    static let grants = ["token_exchange", "refresh_token"]
    static let algorithms = ["ES256", "RS256"]

    static let all: [Setting] = [
        .optional("displayName", .text, default: "{id}", "The name for people."),
        .optional(
            "secret",
            .secret,
            """
            What the client proves itself with: at least 16 printable ASCII characters. A client has this or 'secrets', or \
            'public: true'.
            """
        ),
        .optional(
            "secrets",
            .list(.secret),
            """
            More of them, each as good as the other, so that the client can change from one to the next without an outage: \
            add the new one, have the client use it, and take the old one away. At most 8 with 'secret'.
            """
        ),
        .optional(
            "public",
            .boolean,
            default: "false",
            "Whether the client can keep no secret, as an app on a phone or in a browser (RFC 6749 §2.1)."
        ),
        .optional(
            "grants",
            .list(.choice(grants)),
            default: "[token_exchange, refresh_token]",
            "What the client may get tokens for: a provider's ticket, and its own refresh tokens."
        ),
        .optional(
            "audiences",
            .list(.text),
            """
            The APIs that the client's access tokens are for, as they know themselves, such as https://api.example.com. \
            Required, unless the client gets no tokens and only asks about them, by 'introspects'.
            """
        ),
        .optional(
            "introspects",
            .list(.text),
            default: "[]",
            """
            The APIs that the client acts for: it may ask about access tokens for these audiences, besides those of its \
            own (RFC 7662). For a client with a secret.
            """
        ),
        .optional(
            "corsOrigins",
            .list(.text),
            default: "[]",
            """
            The web origins whose pages may use the service as this public client, such as https://app.example.com: \
            scheme, host and port as a browser sends them in 'Origin', and no path.
            """
        ),
        .optional("providers", .list(.text), "The providers whose credentials the client may bring. Left out, all."),
        .optional(
            "signingAlgorithm",
            .choice(algorithms),
            default: "ES256",
            "What the client's tokens are signed with. RS256 is for apps that know no other."
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
