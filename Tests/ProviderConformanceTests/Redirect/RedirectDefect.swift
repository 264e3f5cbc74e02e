/// One thing that a provider with a redirect may do wrong.
enum RedirectDefect: String, CaseIterable, Sendable {
    case sendsNoChallenge, showsVerifier, takesAnyNonce

    /// The defect that the provider has in the current task; nil for none.
    @TaskLocal static var current: RedirectDefect?

    /// The rules of the kit that name it.
    var brokenRules: Set<String> {
        switch self {
        case .sendsNoChallenge, .showsVerifier:
            [
                """
                what the browser is sent away with has the flow's state, address and challenge, and none of its secrets
                """
            ]
        case .takesAnyNonce:
            ["an answer that was made for another app or another login is refused"]
        }
    }
}
