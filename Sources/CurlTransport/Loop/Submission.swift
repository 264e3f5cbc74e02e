import IdentityBroker

/// A request on its way to the loop, and the caller that waits for the answer. A class, since it changes hands often.
final class Submission: Sendable, Identifiable {
    /// Distinguishes the submissions of one transport.
    struct ID: Hashable, Sendable {
        private let value: UInt64

        init(_ value: UInt64) {
            self.value = value
        }
    }

    let id: ID
    let request: OutgoingRequest
    let policy: TransportPolicy
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>

    init(
        id: ID,
        request: OutgoingRequest,
        policy: TransportPolicy,
        deadline: ContinuousClock.Instant,
        continuation: CheckedContinuation<Result<IncomingAnswer, TransportFailure>, Never>
    ) {
        self.id = id
        self.request = request
        self.policy = policy
        self.deadline = deadline
        self.continuation = continuation
    }

    func fail(_ reason: TransportFailure.Reason, mayHaveLeft: Bool) {
        continuation.resume(returning: .failure(TransportFailure(reason, mayHaveLeft: mayHaveLeft)))
    }
}
