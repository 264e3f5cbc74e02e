import IdentityBroker
import LoopbackServer

extension ProviderRules {
    /// A rule of what a login comes to if one of its answers is one of these, whichever one it is.
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
    /// Logs somebody in under each of the faults, in answer to each request of a login.
    func forEachLogin(
        under faults: [AnswerFault],
        _ body: (_ attempt: Attempt, _ circumstances: String) async throws -> Void
    ) async throws {
        for fault in faults {
            for request in 1...fixture.requestsPerLogin {
                try await body(login(under: fault, at: request), circumstances(of: fault, at: request))
            }
        }
    }

    /// The fault in a few words, and where it befalls a login of more than one request.
    func circumstances(of fault: AnswerFault, at request: Int) -> String {
        fixture.requestsPerLogin == 1 ? "\(fault)" : "\(fault) in answer to request \(request)"
    }
}

extension Set<BrokerError.Kind> {
    /// What an upstream's answer may mean. The other kinds are the broker's own words.
    static let anyRefusal: Self = [
        .invalidCredential, .credentialExpired, .credentialAlreadyUsed, .cancelledByUser, .accessDenied,
        .interactionRequired, .rateLimited, .upstreamUnavailable, .upstreamMisbehaved, .misconfigured,
    ]
}
