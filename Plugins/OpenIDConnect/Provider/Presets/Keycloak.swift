import IdentityBroker

extension OpenIDConnectPreset {
    /// A realm of a Keycloak.
    public static let keycloak = OpenIDConnectPreset(
        type: "keycloak",
        displayName: "Keycloak",
        summary: "Signs users in with a realm of your Keycloak, by redirect or with an app's ID token.",
        documentation: "https://www.keycloak.org/securing-apps/oidc-layers",
        registration: """
            Create a client of type OpenID Connect in the realm, with client authentication and the standard flow, and add the \
            callback URI to its valid redirect URIs.
            """,
        particulars: [
            "Access tokens look like ID tokens, and are refused by the claim `typ`.",
            "Valid redirect URIs may end with `*` in Keycloak: do not use that.",
        ],
        issuer: "{baseURL}/realms/{realm}",
        settings: [
            .required(
                "baseURL", .url,
                "Where Keycloak is. Before version 17, and where it is configured so, the path ends with /auth."),
            .required("realm", .text, "The realm's name, as it is in the realm's URL."),
        ]
    ) {
        // Its access tokens are JWTs of the same issuer and header, and have "Bearer" there.
        $0.peculiarities.idTokenType = "ID"
    }
}
