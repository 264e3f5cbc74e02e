import IdentityBroker

extension OpenIDConnectPreset {
    /// Slack. A user's id is unique in a workspace only, and errors have status 200.
    public static let slack = OpenIDConnectPreset(
        type: "slack",
        displayName: "Slack",
        summary:
            "Signs users in with Slack, by redirect. The subject is the workspace's id and the user's, joined by a colon.",
        documentation: "https://docs.slack.dev/authentication/sign-in-with-slack/",
        registration: """
            Create an app at api.slack.com/apps, and under "OAuth & Permissions" add the callback URI to its redirect URLs, and \
            openid, profile and email to its user token scopes.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            "The subject is the workspace's id and the user's, joined by a colon.",
            "Errors have status 200 and `ok: false`.",
        ],
        issuer: "https://slack.com",
        issuesNativeTokens: false
    ) {
        $0.subjectClaims = ["https://slack.com/team_id", "https://slack.com/user_id"]
        $0.peculiarities.authMethod = .post
        $0.peculiarities.attributes = [("team_id", "https://slack.com/team_id")]
        $0.peculiarities.errors = [
            "invalid_code": .invalidCredential, "code_already_used": .invalidCredential,
            "code_expired": .invalidCredential, "bad_client_secret": .misconfigured,
            "invalid_client_id": .misconfigured, "bad_redirect_uri": .misconfigured,
            "invalid_team_for_non_distributed_app": .accessDenied,
            "access_denied": .accessDenied, "team_access_not_granted": .accessDenied, "ratelimited": .rateLimited,
            "internal_error": .upstreamUnavailable, "fatal_error": .upstreamUnavailable,
            "service_unavailable": .upstreamUnavailable, "request_timeout": .upstreamUnavailable,
        ]
    }
}
