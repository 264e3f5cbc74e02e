import IdentityBroker

/// A request on its way to the loop, and who waits for the answer.
struct Submission: Sendable, Identifiable {
    /// Tells submissions of one transport apart.
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

    func fail(_ reason: TransportFailure.Reason, mayHaveLeft: Bool) {
        continuation.resume(returning: .failure(TransportFailure(reason, mayHaveLeft: mayHaveLeft)))
    }
}
