import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// The rule for an app's token beside the credential; none for a type that sends none. That nothing else has the
    /// credential sent again is the rule for whatever the upstream answers, since the kit's upstream always issues
    /// another token.
    var appTokenRules: [ConformanceCase] {
        guard let appToken = fixture.appToken else { return [] }
        return [
            rule(
                "a refused app token is renewed, and the credential sent once more and never again",
                because: """
                    An upstream that refuses the app's token has not looked at the credential. Nobody should have to sign \
                    in again because another server had the token renewed. Any other resend might redeem a credential \
                    twice.
                    """
            ) { bench in
                try require(
                    fixture.sharedRequests > 0, "the fixture has an app token, and no shared request for it")
                try require(!appToken.refusals.isEmpty, "the fixture knows no refusal of the app's token")
                try require(!appToken.token.isEmpty, "the fixture's app token is empty, and would be in every request")
                for refusal in appToken.refusals {
                    for count in 1...3 {
                        try await bench.check(refusal, of: appToken, count)
                    }
                }
            }
        ]
    }
}

extension ProviderBench {
    /// Continues if the login is right when the upstream refuses this many tokens.
    fileprivate func check(_ refusal: UpstreamRefusal, of appToken: AppTokenExample, _ count: Int) async throws {
        let answer: Treatment.Answer = { _ in [.respond(refusal.response(AnswerFault.words))] }
        let numbers = refusal.request..<(refusal.request + count)
        let attempt = try await login(
            Treatment(answers: Dictionary(uniqueKeysWithValues: numbers.map { ($0, answer) })))
        let circumstances = "\(refusal), \(count == 1 ? "once" : "\(count) times in a row")"
        if count == 1 {
            _ = try attempt.identity(circumstances)
            let isNoted = attempt.event?.notices.contains(Notice.appTokenRenewed.rawValue) == true
            try require(isNoted, "\(circumstances): the event does not say that the credential was sent again")
        } else {
            try attempt.mustFail(as: [refusal.kind], circumstances)
        }
        // The token may travel with the credential, or with a part of it after the credential has left without one.
        let token = Array(appToken.token.utf8)
        let sent = requests(of: attempt.person).filter { $0.haystack.contains(token) }
        let expected = count == 1 ? appToken.requests + 1 : 2
        try require(sent.count == expected, "\(circumstances): \(sent.count) requests had the token in them")
        let most = fixture.requestsPerLogin + 1
        let total = requests(of: attempt.person).count
        try require(total <= most, "\(circumstances): \(total) requests were sent instead of \(most)")
    }
}
