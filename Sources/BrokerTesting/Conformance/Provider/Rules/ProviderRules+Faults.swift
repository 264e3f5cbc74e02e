import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// A rule about the result of a login in which any one answer has one of these faults.
    func rule(
        _ name: String,
        because reason: String,
        under faults: [AnswerFault],
        failsAs kinds: Set<BrokerError.Kind>
    ) -> ConformanceCase {
        rule(name, because: reason) { bench in
            try await bench.forEachLogin(under: faults) { attempt, circumstances in
                try attempt.mustFail(as: kinds, circumstances)
            }
        }
    }
}

extension ProviderBench {
    /// Logs a person in with each of the faults, in answer to each request of a login that it matters to: an answer that
    /// only adds claims matters if the deadline passes meanwhile.
    func forEachLogin(
        under faults: [AnswerFault],
        _ body: (_ attempt: Attempt, _ circumstances: String) async throws -> Void
    ) async throws {
        for fault in faults {
            let requests =
                fault.course == .stalling ? Array(1...fixture.requestsPerLogin) : fixture.requiredRequests
            for request in requests {
                try await body(login(under: fault, at: request), circumstances(of: fault, at: request))
            }
        }
    }

    /// The fault in a few words, and, for logins of several requests, which one it hits.
    func circumstances(of fault: AnswerFault, at request: Int) -> String {
        fixture.requestsPerLogin == 1 ? "\(fault)" : "\(fault) in answer to request \(request)"
    }
}

extension Set<BrokerError.Kind> {
    /// The possible meanings of an upstream's answer. The other kinds are for the broker itself.
    static let anyRefusal: Self = [
        .invalidCredential, .credentialExpired, .credentialAlreadyUsed, .cancelledByUser, .accessDenied,
        .interactionRequired, .rateLimited, .upstreamUnavailable, .upstreamMisbehaved, .misconfigured,
    ]
}
