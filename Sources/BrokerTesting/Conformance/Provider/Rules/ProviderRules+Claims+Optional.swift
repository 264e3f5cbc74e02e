import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// The rule for requests that only add claims; none for a type without them.
    var optionalRequestRules: [ConformanceCase] {
        guard !fixture.optionalRequests.isEmpty else { return [] }
        return [
            rule(
                "an answer that only adds claims fails no login",
                because: """
                    The person has signed in: their credential is spent, and who they are is known. A name that cannot be \
                    read must not keep them out.
                    """
            ) { bench in
                let faults = AnswerFault.all.filter { $0.course == .ending }
                for fault in faults {
                    for request in fixture.optionalRequests.sorted() {
                        let attempt = try await bench.login(under: fault, at: request)
                        let circumstances = bench.circumstances(of: fault, at: request)
                        let identity = try attempt.identity(circumstances)
                        try require(
                            identity.subject == fixture.expectation(of: attempt.person).subject,
                            "\(circumstances): the login signed in another person")
                        let isWhole = identity.differences(from: fixture.expectation(of: attempt.person)).isEmpty
                        try require(
                            isWhole || !identity.notices.isEmpty, "\(circumstances): no notice says what is missing")
                    }
                }
            }
        ]
    }
}
