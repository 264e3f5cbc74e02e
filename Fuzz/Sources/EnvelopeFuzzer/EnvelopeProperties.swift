import FuzzSupport
import IdentityBroker

/// What the provider guarantees for every answer.
enum EnvelopeProperties {
    static func check(_ input: [UInt8]) {
        let answer = Answer(input)
        switch Decoding.outcome(of: answer) {
        case .success(let identity):
            property("Only 200 and 201 are success", holds: [200, 201].contains(answer.status))
            WrappingProperties.check(answer, identity)
            LoginProperties.check(answer, identity)
        case .failure(let error):
            checkFailure(error, answer)
        }
    }

    /// The kinds of errors that an answer can cause.
    private static let kinds: Set<BrokerError.Kind> = [
        .accessDenied, .upstreamMisbehaved, .upstreamUnavailable, .rateLimited, .invalidCredential,
        .interactionRequired, .misconfigured,
    ]

    private static func checkFailure(_ error: BrokerError, _ answer: Answer) {
        property("An answer leads to one of its kinds, not to \(error.kind)", holds: kinds.contains(error.kind))
        property(
            "A message is a line of plain text of our own",
            holds: error.message.utf8.allSatisfy { (0x20...0x7E).contains($0) } && error.message.utf8.count <= 300
        )
        property(
            "Only a rate limit says how long to wait",
            holds: error.retryAfter == nil || error.kind == .rateLimited
        )
        property(
            "Nobody is believed who says to wait for more than a day",
            holds: error.retryAfter.map { (.zero ... .seconds(24 * 60 * 60)).contains($0) } ?? true
        )
        // Code 501 means a misconfiguration, not a server failure.
        let isServerFailure = (500..<600).contains(answer.status) && answer.status != 501
        property(
            "A server that says no more than that it fails is unavailable",
            holds: !isServerFailure || error.upstreamCode != "\(answer.status)" || error.kind == .upstreamUnavailable
        )
    }
}
