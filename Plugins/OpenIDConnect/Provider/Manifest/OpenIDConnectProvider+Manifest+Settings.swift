import IdentityBroker
import JOSE

extension OpenIDConnectProvider {
    static let settings: [Setting] = clientSettings + requestSettings + tokenSettings

    private static let clientSettings: [Setting] = [
        .required(
            "issuer",
            .urlTemplate(placeholders: ["tenantid"]),
            """
            The provider's issuer, exactly as the provider spells it, with or without a slash at the end: with the subject, \
            the key that accounts are stored under. {tenantid} in it stands for the id of the user's tenant; see tenants.
            """
        ),
        .optional(
            "issuerAliases",
            .list(.text),
            default: "[]",
            "Further spellings of the issuer that the provider uses in iss. Accounts are stored under issuer all the same."
        ),
        .required("clientId", .text, "What the provider knows the client by."),
        .optional(
            "clientSecret", .secret, isUsuallyGiven: true, "The client's secret. Leave it out for a public client."),
        .optional(
            "clientAssertion",
            .object([
                .required(
                    "keyFile", .path,
                    "The file with the private key: PKCS #8 in PEM form, RSA, P-256, P-384, P-521 or Ed25519."),
                .optional("keyId", .text, "What the provider calls the key (kid)."),
                .optional(
                    "algorithm", .choice(SignatureAlgorithm.asymmetric.map(\.rawValue).sorted()),
                    "What the key signs with. If left out, RS256, or the algorithm of the key's curve."),
                .optional(
                    "audience", .text,
                    "Whom the assertions are for (aud). If left out, the issuer; required if that is of several tenants."
                ),
                .optional(
                    "certificateFile", .path,
                    "The file with the key's certificate in PEM form, for a provider that finds the key by it (x5t#S256)."
                ),
            ]),
            "The key with which the client signs assertions in place of a secret (private_key_jwt)."
        ),
        .optional(
            "authMethod",
            .choice(ClientAuthenticationMethod.allCases.map(\.rawValue)),
            """
            How the client authenticates at the token endpoint. If left out, the first method that the provider offers and \
            the secret or the key allows.
            """
        ),
        .optional(
            "endpoints",
            .object([
                .optional("authorization", .text, "The authorization endpoint."),
                .optional("token", .text, "The token endpoint."),
                .optional("userInfo", .text, "The userinfo endpoint."),
                .optional("jwks", .text, "The provider's key set."),
                .optional("endSession", .text, "Where users sign out."),
            ]),
            """
            Endpoints in place of those in the discovery document. If authorization, token, jwks and, unless userInfo is \
            never, userInfo are set, no document is fetched.
            """
        ),
    ]

    private static let requestSettings: [Setting] = [
        .optional(
            "scopes", .list(.text), default: "[openid, profile, email]", "The scopes to ask for, openid among them."),
        .optional(
            "acrValues", .list(.text), default: "[]",
            """
            The authentication contexts to ask for (acr_values), the preferred one first. To require one, add a rule to \
            admit, such as { claim: /acr, is: urn:example:mfa }.
            """),
        .optional(
            "prompt", .text, "What the provider prompts the user for, such as login or select_account (prompt)."),
        .optional(
            "maxAge", .durationOrZero,
            "How long ago the user may have signed in at the provider (max_age). Who did earlier has to sign in again."),
        .optional(
            "parameters",
            .mapping(.text),
            """
            Further parameters of the authorization request by name, such as ui_locales. None of those that the broker or \
            another setting sets.
            """
        ),
        .optional(
            "responseMode",
            .choice(RedirectForm.ResponseMode.allCases.map(\.rawValue)),
            default: RedirectForm.ResponseMode.query.rawValue,
            "How the browser brings the answer: in the query of the callback URI, or in a form posted to it."
        ),
        .optional(
            "par",
            .choice(PushRule.allCases.map(\.rawValue)),
            default: PushRule.auto.rawValue,
            """
            Whether the authorization request is pushed to the provider (RFC 9126), so that the browser carries only a \
            reference to it: auto where the provider offers it, required, or off.
            """
        ),
        .optional(
            "pkce",
            .choice(PKCERule.allCases.map(\.rawValue)),
            default: PKCERule.required.rawValue,
            """
            Whether redirects use PKCE. Switch it off only for a provider that refuses it: it keeps stolen codes useless. With \
            nativeCodes, apps decide for their own codes.
            """
        ),
        .optional(
            "userInfo",
            .choice(UserInfoRule.allCases.map(\.rawValue)),
            default: UserInfoRule.auto.rawValue,
            """
            When the userinfo endpoint is asked: auto if the ID token lacks a claim that the scopes ask for, where a failure \
            is only a notice; always, where it fails the login; or never.
            """
        ),
    ]

    private static let tokenSettings: [Setting] = [
        .optional(
            "idTokenAlgorithms",
            .list(.choice(SignatureAlgorithm.allCases.map(\.rawValue))),
            default: "[\(SignatureAlgorithm.asymmetric.map(\.rawValue).sorted().joined(separator: ", "))]",
            """
            The algorithms that ID tokens may be signed with, as far as the discovery document names them. HS256 needs a \
            clientSecret of at least 32 bytes, which is then the key.
            """
        ),
        .optional(
            "audiences",
            .list(.text),
            default: "[]",
            "Further clients whose native ID tokens are accepted, such as the bundle id of an iOS app."
        ),
        .optional(
            "nonce",
            .choice(NonceRule.allCases.map(\.rawValue)),
            default: NonceRule.required.rawValue,
            """
            Which nonce the ID tokens of redirects and of apps contain: required, optional, absent if the provider returns none, \
            or hashed if a native token contains its SHA-256 in hexadecimal. With nativeCodes, a code needs one only if the app \
            presents it or the ID token has it.
            """
        ),
        .optional(
            "nativeCodes",
            .boolean,
            default: "false",
            """
            Whether codes are accepted that an app got from the provider itself. The broker then checks no state, so whoever has \
            such a code can sign in: let apps send the code verifier with it.
            """
        ),
        .optional(
            "tenants",
            .list(.text),
            default: "[]",
            """
            With {tenantid} in the issuer: the ids of the tenants that are let in, or any alone. The tenant's own issuer is \
            then the user's.
            """
        ),
        .optional(
            "discoveryTenant",
            .text,
            default: "organizations",
            "With {tenantid} in the issuer: the tenant that is asked for the discovery document, unless tenants has one."
        ),
        .optional(
            "hostedDomains",
            .list(.text),
            default: "[]",
            "The values of the claim hd that are let in, such as example.com. If empty, anyone."
        ),
        .optional(
            "subjectClaims",
            .list(.text),
            default: "[sub]",
            "The claims of the ID token that make the subject, joined by colons. Never change them: that re-keys everyone."
        ),
        .optional(
            "clockTolerance",
            .durationOrZero,
            default: "30s",
            "How far the provider's clock may be off; at most 5m."
        ),
    ]
}
