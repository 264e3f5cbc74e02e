import IdentityBroker

extension OpenIDConnectPreset {
    /// GitLab.com, and GitLab on one's own servers.
    public static let gitlab = OpenIDConnectPreset(
        type: "gitlab",
        displayName: "GitLab",
        summary: "Signs users in with their accounts on GitLab.com or on your own GitLab, by redirect.",
        documentation: "https://docs.gitlab.com/integration/openid_connect_provider/",
        registration: """
            Add an application in GitLab, under the preferences of a user or a group or in the admin area, with the callback \
            URI and the scopes openid, profile and email.
            """,
        particulars: [
            """
            The ID token has few claims; the rest is at the userinfo endpoint. Groups are in the upstream's \
            record, for `attributes:` and `admit:`.
            """
        ],
        issuer: "{baseURL}",
        settings: [
            .optional("baseURL", .url, default: "https://gitlab.com", "Where GitLab is, without a path of its API.")
        ],
        issuesNativeTokens: false
    ) {
        $0.peculiarities.authMethod = .post
    }
}
