/// One thing that a redirect provider can do wrong.
enum RedirectDefect: String, CaseIterable, Sendable {
    // The authorization URL.
    case sendsNoState, sendsNoNonce, sendsNoChallenge, returnsElsewhere, showsVerifier, showsSecret

    // What it says of its upstream.
    case bindsNothing, deniesBinding

    // The logout URL.
    case returnsElsewhereAtLogout, showsSecretAtLogout, mixesLogouts, asksAtLogout

    // How it reads the answer.
    case takesAnyNonce

    // What its logins share.
    case asksEachTime, neverRefetches, asksAgainItself, blamesCredentialForKeys

    /// The defect that the provider has in the current task; nil for none.
    @TaskLocal static var current: RedirectDefect?

    /// Whether the pipeline refuses to begin any login, so that no other rule can be checked.
    var keepsEverybodyOut: Bool {
        switch self {
        case .sendsNoState, .sendsNoNonce, .sendsNoChallenge, .returnsElsewhere, .showsVerifier, .showsSecret,
            .bindsNothing:
            true
        default: false
        }
    }

    /// The rules of the kit that the defect breaks.
    var brokenRules: Set<String> {
        switch self {
        case .sendsNoState, .sendsNoNonce, .sendsNoChallenge, .returnsElsewhere, .showsVerifier, .showsSecret:
            [
                "the authorization URL contains the flow's state, address and challenge, and none of its secrets"
            ]
        case .bindsNothing, .deniesBinding:
            ["a challenge or a nonce binds the code, unless the type says that its upstream knows neither"]
        case .returnsElsewhereAtLogout, .showsSecretAtLogout, .mixesLogouts, .asksAtLogout:
            [
                "the logout URL leads back to the request's address with its state, and contains no secret of the instance"
            ]
        case .takesAnyNonce:
            [
                "an answer for another app or another login is refused",
                "an answer that is not bound to the login is refused",
            ]
        case .asksEachTime:
            [
                "what logins share is fetched once for all of them",
                "a flood of unknown keys does not reach the upstream",
                "a failed refetch fails no other login, and is not blamed on the credential",
            ]
        case .neverRefetches:
            [
                "a flood of unknown keys does not reach the upstream",
                "a failed refetch fails no other login, and is not blamed on the credential",
            ]
        case .asksAgainItself:
            [
                "a flood of unknown keys does not reach the upstream",
                "a failed refetch fails no other login, and is not blamed on the credential",
            ]
        case .blamesCredentialForKeys:
            ["a failed refetch fails no other login, and is not blamed on the credential"]
        }
    }
}
