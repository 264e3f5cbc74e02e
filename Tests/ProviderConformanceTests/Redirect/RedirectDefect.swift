/// One thing that a provider with a redirect may do wrong.
enum RedirectDefect: String, CaseIterable, Sendable {
    // What the browser is sent away with.
    case sendsNoState, sendsNoNonce, sendsNoChallenge, returnsElsewhere, showsVerifier, showsSecret

    // What it makes of the answer.
    case takesAnyNonce

    // What its logins share.
    case asksEachTime, neverRefetches, asksAgainItself, blamesCredentialForKeys

    /// The defect that the provider has in the current task; nil for none.
    @TaskLocal static var current: RedirectDefect?

    /// Whether the pipeline lets no login begin, so that no other rule can be checked.
    var keepsEverybodyOut: Bool {
        switch self {
        case .sendsNoState, .sendsNoNonce, .sendsNoChallenge, .returnsElsewhere, .showsVerifier: true
        default: false
        }
    }

    /// The rules of the kit that name it.
    var brokenRules: Set<String> {
        switch self {
        case .sendsNoState, .sendsNoNonce, .sendsNoChallenge, .returnsElsewhere, .showsVerifier, .showsSecret:
            [
                """
                what the browser is sent away with has the flow's state, address and challenge, and none of its secrets
                """
            ]
        case .takesAnyNonce:
            [
                "an answer that was made for another app or another login is refused",
                "an answer that does not say which login it was made for is refused",
            ]
        case .asksEachTime:
            [
                "what logins share is fetched once for all of them",
                "a flood of unknown keys does not reach the upstream",
                "a refetch that fails costs nobody else a login, and is not blamed on the credential",
            ]
        case .neverRefetches:
            [
                "a flood of unknown keys does not reach the upstream",
                "a refetch that fails costs nobody else a login, and is not blamed on the credential",
            ]
        case .asksAgainItself:
            [
                "a flood of unknown keys does not reach the upstream",
                "a refetch that fails costs nobody else a login, and is not blamed on the credential",
            ]
        case .blamesCredentialForKeys:
            ["a refetch that fails costs nobody else a login, and is not blamed on the credential"]
        }
    }
}
