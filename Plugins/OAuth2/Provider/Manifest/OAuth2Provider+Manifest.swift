public import IdentityBroker
import StrictJSON

extension OAuth2Provider {
    /// The provider type `oauth2`.
    public static let manifest = ProviderManifest(
        type: "oauth2",
        displayName: "OAuth 2.0",
        summary: """
            Signs users in by redirect with an OAuth 2.0 upstream that a file describes: its endpoints, and where its \
            answers have what.
            """,
        credentials: [CredentialForm(kind: .authorizationCode)],
        nonce: .absent,
        settings: [
            .required(
                "declaration", .document(Declaration.members.map(\.setting)),
                """
                The file that describes the upstream. 'broker providers describe TYPE --declaration' prints one that works \
                to begin with.
                """)
        ] + [hostSetting] + settings(defaultScopes: nil, authMethod: nil, pkce: nil),
        notices: Dictionary(uniqueKeysWithValues: OAuth2Notice.allCases.map { ($0.notice, $0.meaning) }),
        documentation: "https://www.rfc-editor.org/rfc/rfc6749"
    )

    static let hostSetting = Setting.optional(
        "host", .text, "What stands in place of {host} in the declaration, as in git.example.com.")

    private static let declared = "as the declaration says"

    /// The settings beside the declaration, with its defaults if it is known.
    static func settings(
        defaultScopes: [String]?,
        authMethod: ClientMethod?,
        pkce: PKCERule?,
        needsSecret: Bool = false
    ) -> [Setting] {
        [
            .required("clientId", .text, "What the upstream knows the client by."),
            needsSecret
                ? .required("clientSecret", .secret, "The client's secret.")
                : .optional(
                    "clientSecret", .secret, isUsuallyGiven: authMethod != ClientMethod.none,
                    "The client's secret. Leave it out for a public client."),
            .optional(
                "scopes", .list(.text), default: defaultScopes?.text,
                "The scopes to ask for\(defaultScopes == nil ? ". If left out, the declaration's" : "")."),
            .optional(
                "issuer", .text,
                """
                Who vouches for the users, if not the declaration's issuer: with the subject, the key that accounts are \
                stored under. If left out where endpoints.userInfo leads to another server, that server's web address, \
                since its users have ids of their own.
                """
            ),
            .optional(
                "authorizationIssuers", .list(.text),
                """
                The names that the upstream may give itself in iss of its answers (RFC 9207). If left out, the \
                declaration's, or the setting issuer if that is another than the declaration's.
                """
            ),
            .optional(
                "endpoints",
                .object([
                    .optional("authorization", .text, "The authorization endpoint."),
                    .optional("token", .text, "The token endpoint."),
                    .optional("userInfo", .text, "The endpoint for the user's record."),
                    .optional("emails", .text, "The endpoint for the user's e-mail addresses."),
                ]),
                "Endpoints in place of the declaration's."
            ),
            .optional(
                "authMethod", .choice(ClientMethod.allCases.map(\.rawValue)),
                """
                How the client authenticates when it redeems a code. If left out, \(authMethod?.rawValue ?? declared), or \
                none without a secret.
                """
            ),
            .optional(
                "pkce", .choice(PKCERule.allCases.map(\.rawValue)), default: pkce?.rawValue,
                "Whether logins use PKCE\(pkce == nil ? ". If left out, \(declared)" : "")."),
            .optional(
                "parameters", .mapping(.text),
                "Further parameters of the authorization request by name. None of those that the broker sets."),
            .optional(
                "emails", .choice(EmailsRule.allCases.map(\.rawValue)), default: EmailsRule.auto.rawValue,
                """
                Whether e-mail addresses are asked for, if the upstream has an endpoint of its own for them: auto, where a \
                failure is only a notice; always, where it fails the login; or never.
                """
            ),
            .optional(
                "nativeCodes", .boolean, default: "false",
                """
                Whether to accept codes that the broker's redirects did not ask for, such as those of the upstream's SDK \
                on a phone. Neither state nor PKCE protects them, so a leaked one suffices to sign in.
                """
            ),
        ]
    }
}

extension Declaration {
    /// A manifest with what the declaration says of the upstream.
    func describe(_ manifest: ProviderManifest) -> ProviderManifest {
        var manifest = manifest
        manifest.reliesOnStateAlone = pkce == .off
        manifest.documentation = documentation ?? manifest.documentation
        manifest.registration = registration ?? manifest.registration
        manifest.icon = icon ?? manifest.icon
        return manifest
    }
}
